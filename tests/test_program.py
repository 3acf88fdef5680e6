"""The command as a new process, and that a call by the tests' own server is the same to the byte."""

from __future__ import annotations

from pathlib import Path

from tests.program import call
from tests.workspace import SMALL_PLAYBOOK, make_workspace

FILES = {
    "site_config/rules.yaml": "rules: [{off: true}]\n",
    "playbooks/harbor.yaml": SMALL_PLAYBOOK,
    "playbooks/\u6e2f\u53e3/acme.yaml": SMALL_PLAYBOOK + "plannd: 1\n",
}
# the words, its environment, the memory it may take, the exit code
CALLS: list[tuple[list[str], dict[str, str], int | None, int]] = [
    (["--version"], {}, None, 0),
    (["check"], {"GITHUB_ACTIONS": "true"}, None, 1),
    (["check", "playbooks/harbor.yaml"], {"SOURCE_DATE_EPOCH": "0"}, 2**30, 0),
    (["nothing"], {}, None, 2),
    (["export", "--format", "ics"], {"TZ": "Asia/Shanghai"}, None, 0),
]


def test_a_call_is_what_a_new_process_is(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, FILES)
    differ = []
    for words, environment, memory, code in CALLS:
        ended = [
            call(
                root,
                ["--today", "2026-11-23", *words],
                environment=environment,
                memory=memory,
                as_new_process=as_new_process,
            )
            for as_new_process in (False, True)
        ]
        ours, its = ((ending.returncode, ending.stdout, ending.stderr) for ending in ended)
        assert its[0] == code
        if ours != its:
            differ.append((words, ours, its))
    assert differ == []


def test_a_call_leaves_nothing_to_the_next(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, FILES)
    red = call(root, ["check"], environment={"GITHUB_ACTIONS": "true"}).stdout
    assert red.startswith(b"::error ")
    assert call(root, ["check"]).stdout.startswith(b"playbooks/")
    assert call(tmp_path / "playbooks", ["check"]).returncode == 2
    assert call(root, ["check"]).returncode == 1
