"""Every requirement that is kept has a test that shows it."""

from pathlib import Path

import pytest

from loype.cli.requirements import kept_requirements, last_results, marked_tests

TESTS = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("requirement", kept_requirements())
def test_it_is_shown_by_a_test(requirement: str) -> None:
    assert requirement in {test.requirement for test in marked_tests(TESTS)}


def test_it_finds_marks_on_functions_classes_and_files(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_one.py").write_text(
        "import pytest\n"
        "pytestmark = [pytest.mark.requirement('A-1')]\n"
        "@pytest.mark.requirement('B-2', 'B-3')\n"
        "def test_first(): ...\n"
        "@pytest.mark.requirement('C-4')\n"
        "class TestMore:\n"
        "    def test_second(self): ...\n"
        "def helper(): ...\n"
    )
    found = {(test.requirement, test.place) for test in marked_tests(folder)}
    assert found == {
        ("A-1", "tests/test_one.py::test_first"),
        ("B-2", "tests/test_one.py::test_first"),
        ("B-3", "tests/test_one.py::test_first"),
        ("A-1", "tests/test_one.py::TestMore::test_second"),
        ("C-4", "tests/test_one.py::TestMore::test_second"),
    }


def test_it_reads_how_tests_went(tmp_path: Path) -> None:
    file = tmp_path / "junit.xml"
    file.write_text(
        "<testsuites><testsuite>"
        "<testcase classname='tests.cli.test_x' name='test_good[1]'/>"
        "<testcase classname='tests.cli.test_x' name='test_bad[1]'><failure/></testcase>"
        "<testcase classname='tests.cli.test_x' name='test_bad[2]'/>"
        "<testcase classname='tests.cli.test_x.TestIn' name='test_in'><skipped/></testcase>"
        "</testsuite></testsuites>"
    )
    assert last_results(file) == {
        ("tests/cli/test_x.py", "test_good"): "passed",
        ("tests/cli/test_x.py", "test_bad"): "failed",
        ("tests/cli/test_x.py", "TestIn::test_in"): "left out",
    }
