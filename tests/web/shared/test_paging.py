"""A long list is walked page by page, both ways, and nothing is shown twice or skipped."""

from base64 import urlsafe_b64encode

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.test import RequestFactory
from hypothesis import given, settings as hypothesis_settings, strategies as st

from loype.web.shared.paging import Page, keyset_page

pytestmark = pytest.mark.django_db
ORDER = ("-app_label", "id")


@pytest.fixture
def rows() -> QuerySet[ContentType]:
    """Twelve rows in four groups, so that the first column alone does not decide."""
    for number in range(12):
        ContentType.objects.create(app_label=f"paging_{number % 4}", model=f"thing{number}")
    return ContentType.objects.filter(app_label__startswith="paging_")


def walk(rows: QuerySet[ContentType], query: str = "", *, size: int = 5) -> Page[ContentType]:
    return keyset_page(rows, request=RequestFactory().get(f"/?{query}"), order=ORDER, size=size)


def names(page: Page[ContentType]) -> list[str]:
    return [row.model for row in page.items]


@pytest.mark.parametrize("size", [1, 3, 5, 11, 12, 13])
def test_going_on_shows_every_row_once_in_order(rows: QuerySet[ContentType], size: int) -> None:
    seen, page = [], walk(rows, size=size)
    seen += names(page)
    while page.older:
        page = walk(rows, f"after={page.older}", size=size)
        seen += names(page)
    assert seen == [row.model for row in rows.order_by(*ORDER)]


def test_going_back_shows_the_same_pages(rows: QuerySet[ContentType]) -> None:
    first = walk(rows)
    second = walk(rows, f"after={first.older}")
    third = walk(rows, f"after={second.older}")
    assert not third.older
    back = walk(rows, f"before={third.newer}")
    assert names(back) == names(second)
    front = walk(rows, f"before={back.newer}")
    assert names(front) == names(first)
    assert not front.newer


def test_the_first_page_has_nothing_newer(rows: QuerySet[ContentType]) -> None:
    assert not walk(rows).newer


def test_a_new_row_moves_nothing(rows: QuerySet[ContentType]) -> None:
    first = walk(rows)
    before = names(walk(rows, f"after={first.older}"))
    ContentType.objects.create(app_label="paging_9", model="newest")
    assert names(walk(rows, f"after={first.older}")) == before


def test_one_page_costs_one_query(
    rows: QuerySet[ContentType], django_assert_num_queries: object
) -> None:
    place = walk(rows).older
    with django_assert_num_queries(1):  # type: ignore[operator]
        walk(rows, f"after={place}")


@pytest.mark.parametrize(
    "nonsense",
    ["x", "%00", "eyJ9", "é", "W10", "WzFd", "A" * 5000,
     urlsafe_b64encode(b'["a", "b"]').decode(), urlsafe_b64encode(b'["a", 1e999]').decode(),
     urlsafe_b64encode(b'["a", 99999999999999999999]').decode(),
     urlsafe_b64encode(b'["a\\u0000", 1]').decode(), urlsafe_b64encode(b'[null, 1]').decode(),
     urlsafe_b64encode(b'["a", 1, 2]').decode(), urlsafe_b64encode(b'{"a": 1}').decode()],
)  # fmt: skip
def test_a_nonsense_place_is_the_first_page(rows: QuerySet[ContentType], nonsense: str) -> None:
    assert names(walk(rows, f"after={nonsense}")) == names(walk(rows))


@hypothesis_settings(max_examples=60, deadline=None, derandomize=True)
@given(place=st.text(max_size=60))
def test_no_place_in_the_address_breaks_the_page(place: str) -> None:
    request = RequestFactory().get("/", {"after": place, "before": place})
    assert isinstance(keyset_page(ContentType.objects.all(), request=request, order=ORDER), Page)


def test_a_list_can_be_ordered_by_something_counted(rows: QuerySet[ContentType]) -> None:
    counted = rows.annotate(length=Length("model"))
    order = ("-length", "id")
    request = RequestFactory().get("/")
    first = keyset_page(counted, request=request, order=order, size=2)
    request = RequestFactory().get("/", {"after": first.older})
    second = keyset_page(counted, request=request, order=order, size=2)
    assert names(first) == ["thing10", "thing11"]
    assert names(second) == ["thing0", "thing1"]


def test_an_order_that_does_not_exist_is_a_mistake_of_the_page(
    rows: QuerySet[ContentType],
) -> None:
    request = RequestFactory().get("/", {"after": walk(rows).older})
    with pytest.raises(FieldDoesNotExist):
        keyset_page(rows, request=request, order=("nowhere", "id"))
