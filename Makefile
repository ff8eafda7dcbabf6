.PHONY: test lint bench soak picture pictures constraints

test:
	python -m pytest

lint:
	ruff check .
	ruff format --check .
	mypy
	lint-imports

bench:
	python benchmarks/run.py

soak:
	python -m pytest -m soak

pictures:
	python docs/make_report_pictures.py

picture:
	python docs/make_picture.py

constraints:
	uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header \
		--extra dev --python-version 3.11 pyproject.toml -o constraints.txt
