"""Taking a file of the cases into a plan, with the options it asks for."""

from __future__ import annotations

from pathlib import Path

from scheduler.io.edit import PlanEdit
from scheduler.io.intake.intake import Intake
from scheduler.io.intake.people import PeopleOptions, import_people
from scheduler.io.intake.posts import PostsOptions, import_posts
from tests.io.intake.make_files import Case


def taken(edit: PlanEdit, path: Path, case: Case) -> Intake:
    options = case.options
    if case.kind == "posts":
        asked = PostsOptions("--add-places" in options, "--add-shift-types" in options)
        return import_posts(edit, [path], asked)
    organisation = options[1] if options[:1] == ("--organisation",) else None
    asked_people = PeopleOptions(
        organisation, "--add-organisations" in options, "--keep-id-numbers" in options
    )
    return import_people(edit, [path], asked_people)
