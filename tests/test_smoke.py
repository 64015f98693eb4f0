def test_begin_and_note(run):
    assert run("begin", "--role", "mother", "--name", "Daniel").code == 0
    assert run("note", given="one line").code == 0
    r = run("list")
    assert "one line" in r.out, r
    r = run("export", "-", "--format", "jsonl")
    assert r.code == 0, r
    print(r)
    r = run()
    assert r.code == 0, r
