"""Pasting from Word into the text editor."""

from playwright.sync_api import expect

from tests.browser.people import People

FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8">
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri"} --></style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head>
<body lang=DE style='tab-interval:35pt'>
<p class=MsoNormal style='margin-bottom:8.0pt'>Vorher
<b style='mso-bidi-font-weight:normal'>fett</b><o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style="font:7.0pt Times">&nbsp;&nbsp;
</span></span></span><![endif]>Erster Punkt</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse' width=604>
<colgroup><col width=302 style='width:226pt'></colgroup><tr style='height:12pt'>
<td width=302 valign=top style='width:226.5pt;border:solid windowtext 1.0pt'>
<p class=MsoNormal style='line-height:normal'>Zelle eins</p></td>
<td style='width:226pt'>Zelle zwei</td></tr></table>
</body></html>"""

PASTE = """(box, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_lists_and_tables_from_word_arrive_without_a_complaint(people: People) -> None:
    page = people.window("redaktion").page
    page.goto("/praxis/neu/")
    page.get_by_role("textbox", name="Titel", exact=True).fill("Aus Word eingefügt")
    box = page.get_by_role("textbox", name="Lösung", exact=True)
    expect(box).to_have_attribute("contenteditable", "true")
    box.evaluate(PASTE, FROM_WORD)
    expect(box.get_by_role("cell", name="Zelle zwei")).to_be_visible()
    page.get_by_role("button", name="Entwurf speichern").click()
    page.get_by_role("link", name="Weiter: Kurzprofil").click()
    stored = page.get_by_role("textbox", name="Lösung", exact=True)
    expect(stored.get_by_role("listitem")).to_have_text("Erster Punkt")
    expect(stored.get_by_role("cell", name="Zelle eins")).to_be_visible()
    expect(stored.locator("strong", has_text="fett")).to_be_visible()


def test_a_table_is_made_and_changed_by_keyboard(people: People) -> None:
    page = people.window("redaktion").page
    page.goto("/praxis/neu/")
    box = page.get_by_role("textbox", name="Lösung", exact=True)
    expect(box).to_have_attribute("contenteditable", "true")
    tools = page.locator("#id_solution-editor").get_by_role("toolbar", name="Text gestalten")
    tools.get_by_role("button", name="Überschrift").focus()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    for _step in range(7):
        page.keyboard.press("ArrowRight")
    expect(tools.get_by_role("button", name="Tabelle")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box.get_by_role("row")).to_have_count(3)
    page.keyboard.type("Vorher")
    tools.get_by_role("button", name="Zeile dazu").press("Enter")
    tools.get_by_role("button", name="Spalte dazu").press("Enter")
    expect(box.get_by_role("row")).to_have_count(4)
    expect(box.get_by_role("columnheader")).to_have_count(3)
    tools.get_by_role("button", name="Spalte weg").press("Enter")
    tools.get_by_role("button", name="Zeile weg").press("Enter")
    expect(box.get_by_role("row")).to_have_count(3)
    tools.get_by_role("button", name="Tabelle weg").press("Enter")
    expect(box.get_by_role("row")).to_have_count(0)
    expect(tools.get_by_role("button", name="Zeile dazu")).to_be_hidden()
