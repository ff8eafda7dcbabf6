"use strict";
(() => {
  const said = document.querySelector(".said");
  const compare = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" }).compare;
  const key = (row, n) => {
    const cell = row.cells[n];
    return cell.hasAttribute("data-key") && cell.classList.contains("n")
      ? Number(cell.dataset.key)
      : cell.dataset.key || cell.textContent;
  };
  const before = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    // What is empty or no number stands after what is one.
    if (typeof a === "number") return -1;
    if (typeof b === "number") return 1;
    return compare(a, b);
  };
  const sort = (table, heads, n) => {
    const head = heads[n];
    const now = head.getAttribute("aria-sort");
    // A number is first asked for from the largest down, a word from A on.
    const first = head.classList.contains("n") ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = now === first ? other : first;
    heads.forEach((one) => one.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const body = table.tBodies[0];
    body.append(...[...body.rows].sort((a, b) => sign * before(key(a, n), key(b, n))));
    said.textContent = `Sorted by ${head.textContent.trim()}, ${order}.`;
  };
  for (const table of document.querySelectorAll("table[data-sorts]")) {
    if (table.tBodies[0].rows.length < 2) continue;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, n) => {
      if (!head.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, heads, n));
      head.append(button);
    });
    table.classList.add("sorts");
  }
})();
