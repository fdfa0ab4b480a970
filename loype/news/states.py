"""Which states a news item may be in; plain Python."""

from loype.kernel.states import StateTable

NEWS = StateTable(
    {
        "draft": ["published", "left_out"],
        "published": ["withdrawn"],
        "left_out": [],
        "withdrawn": [],
    }
)
