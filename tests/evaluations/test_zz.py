from pathlib import Path
async def test_x(town):
    def keep(n, a):
        print(n, a.status_code); p = Path(f"/tmp/evalwork/{n}.html"); p.write_text(a.text)
    await town.advance(by="P20D")
    c = await town.browser("kong.xin")
    keep("draft", await c.get("/evaluations/E-2025-0002"))
    keep("score", await c.get("/evaluations/E-2025-0003/score-evaluation"))
    y = await town.browser("yang.mei")
    keep("slips", await y.get("/evaluations/E-2025-0003/slips"))
    p = await town.browser("he.jing")
    keep("list", await p.get("/"))
