"""The kinds of file, the fields each may have, and the header words that name them.

Header words are compared as `normal` leaves them. Where two columns of a file name one field, the word that stands
first here wins. Words are English, Chinese in both scripts, Japanese, German, French, Spanish, and Swedish where
exports have it.
"""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

_WHO = {
    "external_id": "customerid customernumber customerno customercode externalid custid clientid memberid "
    "memberno membernumber customer leadid contactid recordid kundennummer kundennr kundenid numeroclient nclient "
    "numclient codeclient idclient numerodecliente idcliente codigocliente kundnummer 客户编号 客户id "
    "顾客编号 顾客id 会员编号 会员号 会员卡号 会员id 顧客番号 顧客id 会員番号 顧客コード "
    "客戶編號 客戶id 客戶代號 顧客編號 會員編號 會員號 會員卡號 會員id",
    "name": "customername name fullname clientname displayname yourname whatsyourname yourfullname "
    "contactname leadname buyername kundenname vollstandigername nom nomcomplet nomclient nomduclient nombre "
    "nombrecompleto nombredelcliente nombrecliente namn 姓名 客户姓名 客户名称 会员姓名 顾客姓名 收货人 "
    "收货人姓名 联系人 氏名 お名前 名前 顧客名 会員名 お客様名 "
    "客戶姓名 客戶名稱 會員姓名 顧客姓名 收貨人 收貨人姓名 收件人 聯絡人 聯繫人",
    "given_name": "firstname givenname forename vorname prenom prenoms nombredepila primernombre fornamn 名",
    "middle_name": "middlename additionalname",
    "family_name": "lastname familyname surname nachname familienname nomdefamille apellido apellidos efternamn 姓",
    "phone": "mobile mobilephone mobilenumber mobileno cellphone phone phonenumber telephone telephonenumber "
    "tel cell yourphonenumber contactnumber whatsapp whatsappnumber handy handynummer mobil mobiltelefon "
    "telefon telefonnummer rufnummer portable telephoneportable numerodetelephone telephonemobile telefono "
    "telefonomovil movil celular numerodetelefono mobilnummer 手机 手机号 手机号码 联系手机 移动电话 电话 "
    "电话号码 联系电话 携帯 携帯電話 携帯番号 電話 電話番号 tel番号 "
    "手機 手機號 手機號碼 行動電話 聯絡手機 聯繫手機 移動電話 電話號碼 聯絡電話 聯繫電話",
    "email": "email emailaddress mail mailaddress primaryemail youremail whatsyouremail emailadresse "
    "mailadresse courriel adressemail adresseemail adresseelectronique correo correoelectronico "
    "direcciondecorreo epost epostadress 邮箱 电子邮箱 电子邮件 邮箱地址 邮件 メール メールアドレス "
    "郵箱 電子郵箱 電子郵件 電子信箱 信箱 郵箱地址 郵件",
    "address": "address street streetaddress deliveryaddress postaladdress adresse anschrift strasse rue "
    "adressepostale direccion domicilio calle adress gatuadress 地址 收货地址 联系地址 详细地址 住所 ご住所 "
    "所在地 "
    "收貨地址 聯絡地址 聯繫地址 詳細地址 通訊地址",
    "area": "area district city town region stadt ort region bezirk ville commune ciudad localidad poblacion "
    "zona stad 区域 城市 地区 所在城市 市区町村 地域 都市 "
    "區域 地區 縣市",
}
_CUSTOMERS = _WHO | {
    "external_id": _WHO["external_id"] + " id",
    "birthday": "birthday birthdate dateofbirth dob born geburtstag geburtsdatum datedenaissance naissance "
    "anniversaire fechadenacimiento nacimiento cumpleanos fodelsedatum 生日 出生日期 出生年月日 生年月日 "
    "誕生日 "
    "西元生日",
    "do_not_contact": "donotcontact dnc optout unsubscribed nocontact 请勿联系 勿扰 拒绝联系 連絡不可 "
    "請勿聯絡 請勿聯繫 勿擾 拒絕聯絡",
    "owner": "owner customerowner contactowner accountowner leadowner clientowner salesrep salesrepresentative "
    "salesperson salesman accountmanager accountrep assignedto assignedrep servedby relationshipmanager rep "
    "betreuer betreuerin kundenbetreuer kundenbetreuerin verkaufer verkauferin vertriebsmitarbeiter vertreter "
    "zustandig zustandiger commercial commerciale vendeur vendeuse responsable responsablecommercial conseiller "
    "conseillere chargedeclientele comercial vendedor vendedora asesor asesora gestor agentecomercial propietario "
    "saljare kundansvarig ansvarig 业务员 负责人 客户负责人 销售员 销售代表 销售顾问 客户经理 跟进人 跟进人员 "
    "归属人 所属员工 所属销售 专属导购 导购 服务顾问 担当 担当者 営業担当 営業担当者 顧客担当 担当営業 "
    "業務員 業務 負責人 客戶負責人 銷售員 銷售代表 銷售顧問 客戶經理 跟進人 所屬員工 所屬銷售 專屬導購 導購 "
    "服務顧問 專屬業務",
    "note": "note notes remark remarks comment comments anythingweshouldknow notiz notizen bemerkung "
    "bemerkungen anmerkung remarque remarques commentaire nota notas observaciones comentario anteckning 备注 "
    "说明 メモ 備考 "
    "備註 說明",
}
_PURCHASES = _WHO | {
    "bought_on": "boughton orderdate ordertime purchasedate saledate salesdate dateoforder transactiondate "
    "invoicedate date day createdat paidat paymentdate datum bestelldatum kaufdatum rechnungsdatum "
    "verkaufsdatum dateachat datedachat datecommande datedecommande datedevente datefacture fecha "
    "fechadecompra fechacompra fechadepedido fechapedido fechadeventa fechafactura kopdatum orderdatum 日期 "
    "下单日期 下单时间 购买日期 购买时间 订单日期 消费日期 消费时间 交易日期 交易时间 付款时间 支付时间 "
    "成交时间 销售日期 注文日 注文日時 購入日 購入日時 売上日 日付 取引日 "
    "下單日期 下單時間 購買日期 購買時間 訂單日期 訂購日期 消費日期 消費時間 交易時間 付款時間 支付時間 "
    "成交時間 銷售日期",
    "amount": "netamount lineamount linetotal amount total net paid sum value ordertotal totalamount "
    "totalprice grandtotal totalpaid amountpaid netsales betrag nettobetrag gesamtbetrag gesamtpreis "
    "rechnungsbetrag endbetrag summe umsatz gesamt montant montantnet montanttotal montantttc montantht totalttc "
    "totalht prixtotal importe importetotal importeneto monto belopp summa 金额 实付金额 实付 "
    "实收金额 实收 支付金额 消费金额 交易金额 订单金额 总金额 总价 金額 売上 売上金額 合計 合計金額 購入金額 "
    "支払金額 "
    "實付金額 實付 實收金額 實收 支付金額 消費金額 訂單金額 總金額 總價 總計",
    "currency": "currency currencycode wahrung devise moneda divisa valuta 币种 货币 通貨 幣別 幣種 貨幣",
    "order_number": "ordernumber orderno orderid order orderref invoice invoiceno invoicenumber receipt "
    "receiptno receiptnumber transactionid bestellnummer bestellnr rechnungsnummer rechnungsnr auftragsnummer "
    "auftragsnr belegnummer belegnr numerocommande numerodecommande ncommande commande numerofacture nfacture "
    "numerodepedido pedido nopedido numeropedido numerofactura "
    "ordernummer 订单号 订单编号 单号 交易号 小票号 流水号 注文番号 注文id 伝票番号 "
    "訂單號 訂單號碼 訂單編號 單號 交易號 發票號碼 流水號",
    "product": "product productname item itemname lineitemname article sku artikel artikelname "
    "artikelbezeichnung produkt produktname produit article nomduproduit designation producto articulo "
    "nombredelproducto produkt 商品 品名 商品名称 商品名 商品标题 产品 产品名称 品目 製品名 "
    "商品名稱 商品標題 產品 產品名稱",
    "category": "category productcategory department kategorie warengruppe categorie rayon categoria kategori "
    "类别 品类 商品类别 分类 商品分类 カテゴリ カテゴリー 分類 "
    "類別 品類 商品類別 商品分類",
    "quantity": "quantity qty units pieces menge anzahl stuckzahl quantite qte cantidad unidades antal 数量 "
    "件数 购买数量 個数 点数 "
    "數量 件數 購買數量",
}
_VISITS = _WHO | {
    "visited_on": "visitedon visitdate contactdate contactedon dateofvisit date day besuchsdatum kontaktdatum "
    "datum datedevisite datevisite date fechadevisita fechavisita fecha 日期 回访日期 拜访日期 联系日期 "
    "访问日期 訪問日 連絡日 日付 "
    "回訪日期 拜訪日期 聯絡日期 聯繫日期",
    "channel": "channel how via contactmethod kontaktart 方式 回访方式 回訪方式 聯絡方式",
    "outcome": "outcome result ergebnis resultat resultado 结果 回访结果 結果 回訪結果",
    "service": "service services leistung dienstleistung prestation servicio 服务 服务项目 サービス 服務 服務項目",
    "satisfaction": "satisfaction sat score rating zufriedenheit bewertung satisfaccion puntuacion 满意度 "
    "评分 満足度 評価 "
    "滿意度 評分",
    "note": "note notes remark remarks comment comments words notiz notizen bemerkung bemerkungen remarque "
    "remarques commentaire nota notas observaciones comentario 备注 内容 メモ 備考 "
    "備註 內容",
    "cost": "cost expense kosten cout frais coste costo gasto 费用 花费 成本 費用 コスト 花費",
    "minutes": "minutes durationminutes duration dauer minuten duree minutos duracion 分钟 时长 用时 所要時間 "
    "分鐘 時長 用時",
    "next_on": "nexton nextdate nextcontact followup followupon next nachsterkontakt wiedervorlage "
    "prochaincontact relance proximocontacto seguimiento 下次联系 下次回访 下次日期 次回 次回連絡日 "
    "下次聯絡 下次回訪 下次聯繫",
    "staff": "staff salesperson seller employee mitarbeiter verkaufer vendeur employe vendedor empleado 员工 "
    "销售 店员 导购 担当 担当者 "
    "員工 銷售 店員 導購 業務員",
}

_BRACKETS = re.compile(r"[(\[（【［][^)\]）】］]*[)\]）】］]")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")


class Kind(NamedTuple):
    """A kind of file: the words for each of its fields, and the fields it cannot do without."""

    name: str
    words: dict[str, tuple[str, ...]]
    needs: tuple[str, ...]
    tells: tuple[str, ...]
    """Fields that only this kind has; one of them tells it from the others."""
    tells_alone: tuple[str, ...] = ()
    """Fields that tell it only where every other column is known too: lists of many things have an owner."""

    def knows(self, word: str) -> bool:
        """Whether a normal header word names one of the fields."""
        return word in _known(self.name)


def normal(word: str) -> str:
    """A header word without case, blanks, punctuation and the marks over Latin letters."""
    folded = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", word.casefold())) if not word.isascii() else word
    folded = unicodedata.normalize("NFKC", folded).casefold()
    return "".join(character for character in folded if character.isalnum())


def without_brackets(word: str) -> str:
    """A header without what stands in brackets: `Amount (EUR)`, `金额（元）`."""
    return _BRACKETS.sub("", word)


def _kind(
    name: str,
    words: dict[str, str],
    needs: tuple[str, ...],
    tells: tuple[str, ...],
    tells_alone: tuple[str, ...] = (),
) -> Kind:
    known = {field: tuple(dict.fromkeys(said.split())) for field, said in words.items()}
    return Kind(name, known, needs, tells, tells_alone)


KINDS = {
    kind.name: kind
    for kind in (
        _kind("purchases", _PURCHASES, ("bought_on", "amount"), ("amount",)),
        _kind("visits", _VISITS, ("visited_on",), ("channel", "outcome", "service", "satisfaction")),
        _kind(
            "customers",
            _CUSTOMERS,
            (),
            (
                "birthday",
                "do_not_contact",
                "address",
                "phone",
                "email",
                "name",
                "given_name",
                "family_name",
            ),
            ("owner",),
        ),
    )
}

IDENTIFIES = ("external_id", "phone", "email")
"""A row needs one of these to say whom it is about; a name never does."""

DAYS = ("bought_on", "visited_on", "next_on", "birthday")
"""Fields that hold days, whose order is decided for a column as a whole."""

NAME_PARTS = ("given_name", "middle_name", "family_name")
"""Fields that make up the name."""


@cache
def _known(kind: str) -> frozenset[str]:
    return frozenset(word for words in KINDS[kind].words.values() for word in words)
