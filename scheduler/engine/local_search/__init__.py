"""Local search on the matrix: a compiled kernel that reads rows, never rules."""

from scheduler.engine.local_search.search import LocalSearch
from scheduler.engine.local_search.warm import warm
from scheduler.engine.local_search.whole import Unsuitable

__all__ = ["LocalSearch", "Unsuitable", "warm"]
