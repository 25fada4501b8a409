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
    expect(page.get_by_role("heading", level=1)).to_have_text("Beitrag bearbeiten")
    stored = page.get_by_role("textbox", name="Lösung", exact=True)
    expect(stored.get_by_role("listitem")).to_have_text("Erster Punkt")
    expect(stored.get_by_role("cell", name="Zelle eins")).to_be_visible()
    expect(stored.locator("strong", has_text="fett")).to_be_visible()
