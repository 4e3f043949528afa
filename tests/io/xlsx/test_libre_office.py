"""The whole way with a real spreadsheet program: one cell edited in LibreOffice, saved, read back."""

import shutil
import subprocess
from pathlib import Path

import pytest

from scheduler.io.roster_sheet import read_roster_sheet
from scheduler.io.xlsx.roster_book import roster_book
from tests.io.xlsx import office

SOFFICE = shutil.which("soffice")

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Edit" script:language="StarBasic">
Sub Cell
  Dim load(0) As New com.sun.star.beans.PropertyValue
  Dim save(0) As New com.sun.star.beans.PropertyValue
  load(0).Name = "Hidden" : load(0).Value = True
  save(0).Name = "FilterName" : save(0).Value = "Calc MS Excel 2007 XML"
  doc = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, load())
  doc.Sheets.getByIndex(0).getCellRangeByName("{cell}").String = "{text}"
  doc.storeToURL("{target}", save())
  doc.close(True)
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false">
 <library:element library:name="Edit"/>
</library:library>
"""


def edited(source: Path, cell: str, text: str, folder: Path) -> Path:
    """The workbook with one cell of its first sheet changed and saved by LibreOffice, by a macro in a fresh profile."""
    assert SOFFICE is not None
    target, profile = folder / "saved.xlsx", folder / "profile"
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*command, "--terminate_after_init"], check=True, timeout=120, capture_output=True)
    basic = profile / "user" / "basic" / "Standard"
    macro = MACRO.format(source=source.as_uri(), target=target.as_uri(), cell=cell, text=text)
    (basic / "Edit.xba").write_text(macro, encoding="utf-8")
    (basic / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    subprocess.run([*command, "macro:///Standard.Edit.Cell"], check=True, timeout=120, capture_output=True)
    return target


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_cell_edited_in_libre_office_is_the_only_change(tmp_path: Path) -> None:
    plan = office.plan()
    path = tmp_path / "roster.xlsx"
    path.write_bytes(roster_book(office.desk(plan)))
    saved = edited(path, "D5", "李强、王芳（民建区委2）", tmp_path)
    found = read_roster_sheet(saved, plan)
    assert [(one.shift, one.joined, one.left) for one in found.changes().shifts] == [
        (office.MORNING, ("w3",), ("w1",))
    ]
