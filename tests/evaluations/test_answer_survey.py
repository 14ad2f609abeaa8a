from pathlib import Path
async def test_x(town):
    def keep(n, a):
        print(n, a.status_code); p = Path(f"/tmp/evalwork/{n}.html"); p.write_text(a.text)
    b = await town.browser("li.jun")
    keep("published", await b.get("/evaluations/E-2025-0001"))
    keep("list", await b.get("/evaluations"))
    keep("publish", await b.get("/evaluations/E-2025-0001/publish-evaluation"))
    a = await b.get("/evaluations/E-2025-0001/report"); Path("/tmp/evalwork/r.pdf").write_bytes(a.content)
    c = await town.browser("kong.xin")
    keep("draft", await c.get("/evaluations/E-2025-0002"))
    await town.advance(by="P20D")
    keep("score", await c.get("/evaluations/E-2025-0003/score-evaluation"))
    y = await town.browser("yang.mei")
    keep("slips", await y.get("/evaluations/E-2025-0003/slips"))
async def test_y(town):
    def keep(n, a):
        print(n, a.status_code); p = Path(f"/tmp/evalwork/{n}.html"); p.write_text(a.text)
    c = await town.client("yang.mei")
    a = await c.get("/evaluations/E-2025-0003/slips")
    used = [s["url"] for s in a.json()["slips"] if s["used"]]
    free = [s["url"] for s in a.json()["slips"] if not s["used"]]
    b = await town.browser()
    keep("survey", await b.get(free[0]))
    keep("used", await b.get(used[0]))
    keep("bad", await b.submit(free[0], {"attitude":"5", "comment":"你好"}))
    e = await town.browser(lang="en")
    keep("survey_en", await e.get(free[0]))
    m = await town.client()
    a = await m.post(free[0], json={"attitude":9}); print(a.status_code, a.text)
    a = await m.post(free[0], json={"attitude":5,"quality":4,"effect":3}); print(a.status_code, a.text)
    a = await m.post(free[0], json={"attitude":5,"quality":4,"effect":3}); print(a.status_code, a.text)
    assert 0
