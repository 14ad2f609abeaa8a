async def test_x(town):
    from market.base.database import rows
    for r in (await rows("select * from evaluation")): print({k:v for k,v in r.items() if v is not None}, "\n")
    b = await town.browser("li.jun")
    for c in ("E-2025-0001","E-2025-0002","E-2025-0003", "E-2025-0004"):
      a = await b.get("/evaluations/"+c); print(a.status_code); open(f"/tmp/evalwork/{c}.html","w").write(a.text)
    a = await b.get("/evaluations/E-2025-0001/report"); print(a.status_code); open("/tmp/evalwork/r.pdf","wb").write(a.content)
    a = await b.get("/evaluations"); print(a.status_code); 
    c = await town.client("kong.xin")
    a = await c.get("/evaluations/E-2025-0001"); print(a.text)
    from market.base.invariants import offences
    print(await offences(rooms=["evaluations"]))
    print(await town.ledger("E-2025-0001"))
    print(await rows("select * from track_record"))
    print(await rows("select to_address,subject from message"))
    assert 0
