"""The kinds of file, the fields each may have, and the header words that name them.

Header words are compared without case, blanks and punctuation. Where two columns of a file name one field, the
word that stands first here wins.
"""

from typing import NamedTuple

_WHO = {
    "external_id": "customerid customernumber customerno customercode externalid custid clientid memberid memberno "
    "membernumber customer 客户编号 会员号 会员卡号",
    "name": "customername name fullname clientname 姓名 客户姓名 客户名称",
    "phone": "mobile mobilephone phone phonenumber telephone tel cell 手机 手机号 电话 联系电话",
    "email": "email emailaddress mail 邮箱 电子邮箱",
    "address": "address street deliveryaddress 地址",
    "area": "area district city region 区域 城市",
}
_CUSTOMERS = _WHO | {
    "external_id": _WHO["external_id"] + " id",
    "birthday": "birthday birthdate dateofbirth dob born 生日 出生日期",
    "do_not_contact": "donotcontact dnc optout unsubscribed nocontact",
    "note": "note notes remark remarks comment 备注",
}
_PURCHASES = _WHO | {
    "bought_on": "boughton orderdate purchasedate saledate date day createdat paidat 日期 下单日期 购买日期",
    "amount": "netamount lineamount linetotal amount total net paid sum value 金额 实付金额",
    "currency": "currency 币种",
    "order_number": "ordernumber orderno orderid order invoice invoiceno receipt receiptno 订单号 单号",
    "product": "product productname item itemname lineitemname article sku 商品 品名 商品名称",
    "category": "category productcategory department 类别 品类",
    "quantity": "quantity qty units pieces 数量",
}
_VISITS = _WHO | {
    "visited_on": "visitedon visitdate contactdate contactedon date day 日期 回访日期",
    "channel": "channel how via 方式",
    "outcome": "outcome result 结果",
    "service": "service services 服务",
    "satisfaction": "satisfaction sat score rating 满意度",
    "note": "note notes remark remarks comment words 备注",
    "cost": "cost expense 费用",
    "next_on": "nexton nextdate nextcontact followup followupon next 下次联系",
    "staff": "staff salesperson seller employee 员工 销售",
}


class Kind(NamedTuple):
    """A kind of file: the words for each of its fields, and the fields it cannot do without."""

    name: str
    words: dict[str, tuple[str, ...]]
    needs: tuple[str, ...]
    tells: tuple[str, ...]
    """Fields that only this kind has; one of them tells it from the others."""


def _kind(name: str, words: dict[str, str], needs: tuple[str, ...], tells: tuple[str, ...]) -> Kind:
    return Kind(name, {field: tuple(known.split()) for field, known in words.items()}, needs, tells)


KINDS = {
    kind.name: kind
    for kind in (
        _kind("purchases", _PURCHASES, ("bought_on", "amount"), ("amount",)),
        _kind("visits", _VISITS, ("visited_on",), ("channel", "outcome", "service", "satisfaction")),
        _kind("customers", _CUSTOMERS, (), ("birthday", "do_not_contact", "address", "phone", "email", "name")),
    )
}

IDENTIFIES = ("external_id", "phone", "email")
"""A row needs one of these to say whom it is about; a name never does."""

DAYS = ("bought_on", "visited_on", "next_on", "birthday")
"""Fields that hold days, whose order is decided for a column as a whole."""
