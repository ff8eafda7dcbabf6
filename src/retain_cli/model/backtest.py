"""The last look back at which ranking would have found those who bought."""

from datetime import date

from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day


class KeptBacktest(SQLModel, table=True):
    """What the last backtest found, for the report; the one before it goes."""

    __tablename__ = "backtest"
    __table_args__ = (is_day("made_on"),)

    id: int | None = Field(default=None, primary_key=True)
    made_on: date
    found: str
    """JSON: `learned_until`, `hidden_until`, `model`, `because`, `currency`, `customers`, `orders` and `amount` of
    the hidden months, and lists of `rankings`, `calibration` and `better`; amounts in minor units.
    """
