from tests.records.conftest import postgres  # noqa: F401 - a fixture
