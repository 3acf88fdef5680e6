"""The account directory in a browser: filters, order, keyboard, address, a phone, no scripts."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.assess import assess
from generator.language import Language, speaking
from generator.pages import render
from generator.pages.formats import money, short_day
from generator.read import Workspace
from generator.settings import language_of
from generator.site import publish_site
from tests.bench.generated import write_portfolio
from tests.browser.conftest import GENERATED, Watched, watch
from tests.pages.sites import FILES, TODAY
from tests.said_alike import REPOSITORY, SHOWN_ATTRIBUTES
from tests.workspace import make_workspace

pytestmark = pytest.mark.browser

ALL = GENERATED + 4
NAMES = "tbody tr th a"


@pytest.fixture
def page(watched: Watched, address: str) -> Page:
    watched.page.goto(f"{address}accounts/index.html")
    expect(watched.page.locator("[data-count]")).to_have_text(f"{ALL} accounts")
    return watched.page


def data_of(site: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((site / "accounts/accounts.json").read_text(encoding="utf-8"))
    return data


def names(page: Page) -> list[str]:
    return page.locator(NAMES).all_inner_texts()


def find(page: Page, text: str) -> None:
    page.get_by_label("Find an account").fill(text)


def found_by(page: Page, texts: Sequence[str]) -> dict[str, list[str]]:
    """The names that are shown for each text, after all were."""
    shown = {}
    for text in texts:
        find(page, "")
        expect(page.locator("[data-count]")).to_have_text(f"{ALL} accounts")
        find(page, text)
        expect(page.locator("[data-count]")).to_have_text(f"1 of {ALL} accounts")
        shown[text] = names(page)
    return shown


def test_an_account_is_found_by_name_alias_person_and_tag(page: Page) -> None:
    latin = ("harbor", "HARBOR LOG", "birgit", "Port & Co", "framework-contract", "holt harbor")
    texts = (*latin, "ｈａｒｂｏｒ")
    assert found_by(page, texts) == {key: ["Harbor Logistics"] for key in texts}


def test_chinese_is_found_by_any_part(page: Page) -> None:
    texts = ("华远", "精密制造", "王敏", "huayuan", "李伟 精密")
    assert found_by(page, texts) == {key: ["华远精密制造有限公司"] for key in texts}


def test_nothing_found_says_so(page: Page) -> None:
    find(page, "no such account")
    expect(page.locator("[data-none]")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("[data-count]")).to_have_text(f"{ALL} accounts")
    expect(page.locator("[data-none]")).to_be_hidden()


def test_chips_filter_and_count(page: Page, site: Path) -> None:
    rows = data_of(site)["accounts"]
    prospects = [row for row in rows if row["status"] == "prospect"]
    chip = page.locator('[data-facet="status"] button', has_text="Prospect")
    expect(chip).to_have_text(f"Prospect {len(prospects)}")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(page.locator(NAMES)).to_have_count(len(prospects))
    # within a facet either will do; the other facets count what is left
    page.locator('[data-facet="status"] button', has_text="Former").click()
    either = [row for row in rows if row["status"] in ("prospect", "former")]
    expect(page.locator(NAMES)).to_have_count(len(either))
    emea = sum(row["region"] == "emea" for row in either)
    page.get_by_text("More filters").click()
    region = page.locator('[data-facet="region"] button', has_text="EMEA")
    expect(region).to_have_text(f"EMEA {emea}")
    region.click()
    expect(page.locator(NAMES)).to_have_count(emea)


def test_every_column_sorts_both_ways_with_the_unknown_last(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})  # where no column is hidden
    rows = {row["name"]: row for row in data_of(site)["accounts"]}
    for column in page.locator("thead th").all():
        key = column.get_attribute("data-column") or ""
        for _ in range(2):
            column.get_by_role("button").click()
            way = column.get_attribute("aria-sort")
            # money of several currencies is sorted in the reporting currency
            sorted_by = f"{key}_reporting" if f"{key}_reporting" in rows[names(page)[0]] else key
            shown = [rows[name][sorted_by] for name in names(page)]
            known = [value for value in shown if value is not None]
            assert shown[: len(known)] == known, key
            if isinstance(known[0], (int, float)):
                assert known == sorted(known, reverse=way == "descending"), key
            if key in ("tier", "reviewed"):
                assert known == sorted(known, reverse=way == "descending"), key
        assert page.locator("th[aria-sort]").count() == 1


def test_money_is_written_as_everywhere_else(page: Page, site: Path) -> None:
    rows = {row["name"]: row for row in data_of(site)["accounts"]}
    assert len(rows) > GENERATED
    for row in page.locator("tbody tr").all():
        account = rows[row.locator("th a").inner_text()]
        for key, title in (
            ("revenue", "Revenue"),
            ("our_margin", "Our margin"),
            ("retained_profit", "Expected profit"),
        ):
            shown = row.locator(f'td[data-title="{title}"]').inner_text()
            assert shown.removeprefix("\u2248\u202f") == money(account[f"{key}_reporting"])


def test_the_address_keeps_the_view(page: Page, address: str) -> None:
    page.locator('[data-sort="our_margin"]').click()
    find(page, "a & 李")
    expect(page.locator("thead")).not_to_be_visible()  # nothing is found
    page.get_by_text("More filters").click()
    page.locator('[data-facet="region"] button').first.click()
    kept = page.url
    assert "#q=a%20%26%20%E6%9D%8E&region=" in kept
    assert kept.endswith("&sort=-our_margin")
    seen = names(page)
    second_page = page.context.new_page()
    second_page.goto(kept)
    expect(second_page.locator(NAMES)).to_have_count(len(seen))
    assert names(second_page) == seen
    expect(second_page.get_by_label("Find an account")).to_have_value("a & 李")
    # a link followed on the page itself
    second_page.evaluate("location.hash = '#status=prospect'")
    expect(second_page.get_by_label("Find an account")).to_have_value("")
    expect(second_page.locator('[data-facet="status"] [aria-pressed="true"]')).to_have_count(1)
    second_page.close()


@pytest.mark.parametrize("place", ["#sort=%22]", "#tier=Z,%3Cimg%3E", "#q=%E0%A4%A", "#=&&=x"])
def test_a_mangled_address_shows_all(page: Page, address: str, place: str) -> None:
    page.goto("about:blank")
    page.goto(f"{address}accounts/index.html{place}")
    expect(page.locator("[data-directory]")).to_be_visible()
    page.get_by_label("Find an account").fill("")
    expect(page.locator("[data-count]")).to_have_text(f"{ALL} accounts")


def test_arrow_keys_move_and_enter_opens(page: Page) -> None:
    box = page.get_by_label("Find an account")
    box.focus()
    order = names(page)
    page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_text(order[0])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator(":focus")).to_have_text(order[1])
    page.keyboard.press("End")
    expect(page.locator(":focus")).to_have_text(order[-1])
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(order[0])


def test_enter_in_the_box_opens_the_first(page: Page) -> None:
    find(page, "华远")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/accounts/huayuan\.html$"))


def test_hostile_names_are_text(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}accounts/index.html#q=alert(1)")
    expect(page.locator(NAMES)).to_have_text(['<script>alert(1)</script> & "Sons"'])
    assert page.locator("tbody script, tbody img").count() == 0
    assert watched.complaints == []


def test_a_view_says_how_many_accounts_it_has_and_shows_them(
    watched: Watched, address: str, site: Path
) -> None:
    page, thin = watched.page, sum(each["plan"] == "thin" for each in data_of(site)["accounts"])
    assert thin > 0
    page.goto(f"{address}accounts/index.html")
    view = page.locator("[data-view]", has_text="No plan yet")
    expect(view).to_have_text(f"No plan yet {thin}")
    view.locator("a").click()
    expect(page.locator(NAMES)).to_have_count(thin)
    assert page.url.endswith("#plan=thin")


def test_on_a_phone_accounts_are_cards_and_nothing_is_cut(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}accounts/index.html")
    expect(page.locator("[data-count]")).to_have_text(f"{ALL} accounts")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("thead").is_hidden()
    assert page.locator('[data-facet="tier"]').is_hidden()
    page.locator("[data-filters] > summary").click()
    assert page.locator('[data-facet="tier"]').is_visible()
    page.get_by_label("Sort by").select_option("name")
    shown = names(page)
    assert shown.index("Harbor Logistics") < shown.index("华远精密制造有限公司")
    for control in page.locator(".ap-dir-chip:visible, [data-order], [data-query]").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 43.5
    context.close()


def test_the_heads_stay_in_sight_and_cover_nothing(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 400})
    page.goto(f"{address}accounts/index.html")
    page.get_by_label("Find an account").focus()
    for key in ("ArrowDown",) * ALL + ("ArrowUp",) * 8:
        page.keyboard.press(key)
    header, head, focused = (
        page.locator(which).first.bounding_box() for which in (".md-header", "thead th", ":focus")
    )
    page.close()
    assert header is not None
    assert head is not None
    assert focused is not None
    assert head["y"] == pytest.approx(header["y"] + header["height"], abs=1)
    assert focused["y"] >= head["y"] + head["height"]


def test_without_scripts_there_is_a_list_of_links(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}accounts/index.html")
    assert page.locator("[data-directory]").is_hidden()
    assert page.locator("article noscript a, article ul a").count() >= ALL
    page.get_by_role("link", name="Harbor Logistics").first.click()
    expect(page.locator("h1")).to_contain_text("Harbor Logistics")
    context.close()


def test_it_works_from_a_folder(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    watched = watch(context.new_page())
    home = site.as_uri()
    watched.page.goto(f"{home}/accounts/index.html#q=huayuan")
    expect(watched.page.locator(NAMES)).to_have_text(["华远精密制造有限公司"])
    watched.page.locator('[data-sort="name"]').click()
    assert watched.page.url.endswith("#q=huayuan&sort=name")
    watched.page.locator(NAMES).click()
    expect(watched.page.locator("h1")).to_contain_text("华远精密制造有限公司")
    assert watched.outside("file://") == []
    context.close()


def test_of_a_thousand_accounts_a_hundred_are_shown_until_more_are_asked_for(
    watched: Watched, address: str, site: Path
) -> None:
    data = data_of(site)
    few = data["accounts"]
    data["accounts"] = [
        {**few[n % len(few)], "id": f"many-{n}", "name": f"{few[n % len(few)]['name']} {n}"}
        for n in range(1000)
    ]
    script = f"window.ACCOUNTS={json.dumps(data)};"
    page = watched.page
    page.route(
        "**/assets/accounts.js",
        lambda route: route.fulfill(body=script, content_type="text/javascript"),
    )
    page.goto(f"{address}accounts/index.html")
    count = page.locator("[data-count]")
    expect(count).to_have_text("Showing 100 of 1,000 accounts")
    expect(page.locator(NAMES)).to_have_count(100)
    page.get_by_role("button", name="Show all 1,000").click()
    expect(page.locator(NAMES)).to_have_count(1000)
    expect(count).to_have_text("1,000 accounts")


def test_contracts_by_quarter_and_plans_by_age(page: Page, site: Path) -> None:
    rows = data_of(site)["accounts"]
    page.get_by_text("More filters").click()
    for facet in ("renewal", "plan"):
        known = sorted({row[facet] for row in rows if row[facet]})
        for value in known:
            count = sum(row[facet] == value for row in rows)
            word = data_of(site)["words"][facet][value]
            chip = page.locator(f'[data-facet="{facet}"] button', has_text=word)
            expect(chip).to_have_text(f"{word} {count}")
    quarters = page.locator('[data-facet="renewal"] button').all_inner_texts()
    dated = [quarter for quarter in quarters if quarter.startswith("to Q")]
    assert dated == sorted(dated, key=lambda quarter: (quarter.split()[2], quarter))
    assert len(dated) > 1


def test_a_filter_with_one_choice_is_none(context: BrowserContext, address: str) -> None:
    watched = watch(context.new_page())
    watched.page.goto(f"{address}accounts/index.html")
    pairs = watched.page.evaluate(
        """() => [...document.querySelectorAll("[data-facet]")].map(
            one => [one.querySelectorAll(".ap-dir-chip").length > 1, one.offsetHeight > 0])"""
    )
    assert all(has_choice == is_seen for has_choice, is_seen in pairs)


def test_what_is_shown_as_csv(page: Page, site: Path, tmp_path: Path) -> None:
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download these as CSV").click()
    assert caught.value.suggested_filename == "accounts.csv"
    raw = caught.value.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfaccount,name,status,")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    data = {record["id"]: record for record in data_of(site)["accounts"]}
    assert {record["account"] for record in rows} == set(data)
    for row in rows:
        account = data[row["account"]]
        name = account["name"]
        assert row["name"] == (f"'{name}" if name[0] in "=+-@" else name)
        assert row["reporting_currency"] == "EUR"
        for key in ("currency", "retained_profit", "retained_profit_reporting"):
            assert row[key] == ("" if account[key] is None else str(account[key]))
    page.locator('[data-facet="status"] button', has_text="Former").click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download these as CSV").click()
    fewer = caught.value.path().read_text(encoding="utf-8-sig").splitlines()[1:]
    assert len(fewer) == sum(record["status"] == "former" for record in data.values()) > 0
    find(page, "no such account")
    assert page.locator("[data-csv]").is_hidden()


def test_no_cell_of_it_is_a_formula(context: BrowserContext, address: str) -> None:
    watched = watch(context.new_page())
    names = [f'{sign}cmd|"x"' for sign in "=+-@\t\r＝＋－＠"]
    account: dict[str, object] = {"aliases": [], "people": [], "tags": []}
    rest = dict.fromkeys(
        [
            "status",
            "tier",
            "verdict",
            "rung",
            "industry",
            "region",
            "owner",
            "renewal",
            "plan",
            "next_step",
            "next_on",
            "deadline",
            "currency",
            "revenue",
            "revenue_reporting",
            "our_margin",
            "our_margin_reporting",
            "delivered_value",
            "delivered_value_reporting",
            "retained_profit",
            "retained_profit_reporting",
            "own_loss",
            "own_loss_reporting",
            "their_loss",
            "their_loss_reporting",
            "completeness",
            "reviewed",
            "errors",
        ]
    )
    accounts = [
        {"id": f"a{number}", "name": name, **account, **rest, "confidence": {}}
        for number, name in enumerate(names)
    ]
    data = {"accounts": accounts, "words": {}, "today": "2026-11-23"}
    watched.page.route(
        "**/assets/accounts.js",
        lambda route: route.fulfill(body=f"window.ACCOUNTS={json.dumps(data)};"),
    )
    watched.page.goto(f"{address}accounts/index.html")
    with watched.page.expect_download() as caught:
        watched.page.get_by_role("button", name="Download these as CSV").click()
    raw = caught.value.path().read_bytes().decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(raw, newline=""))
    assert sorted(row["name"] for row in rows) == sorted(f"'{name}" for name in names)


def test_escape_empties_the_search(page: Page) -> None:
    find(page, "harbor")
    expect(page.locator("[data-count]")).to_have_text(f"1 of {ALL} accounts")
    page.get_by_label("Find an account").press("Escape")
    expect(page.locator("[data-count]")).to_have_text(f"{ALL} accounts")
    assert "#" not in page.url


@pytest.fixture(scope="module")
def chinese() -> Language:
    return language_of(Workspace.at(REPOSITORY), "zh")


@pytest.fixture(scope="module")
def chinese_site(tmp_path_factory: pytest.TempPathFactory, chinese: Language) -> Path:
    """The written-out accounts and four generated ones, whose figures are known, in Chinese."""
    root = make_workspace(tmp_path_factory.mktemp("chinese"), FILES)
    write_portfolio(root, 4)
    tree = render(assess(Workspace.at(root), TODAY), allow_incomplete=True, language=chinese)
    publish_site(tree, root=root, builder="mkdocs", today=TODAY)
    return (root / "site").resolve()


@pytest.fixture
def chinese_page(watched: Watched, chinese_site: Path) -> Page:
    watched.page.goto(f"{chinese_site.as_uri()}/accounts/index.html")
    expect(watched.page.locator("[data-count]")).to_have_text("8个客户")
    return watched.page


def test_in_chinese_it_filters_counts_and_sorts(chinese_page: Page) -> None:
    chip = chinese_page.locator('[data-facet="status"] button', has_text="潜在客户")
    chip.click()
    prospects = chinese_page.locator(NAMES).count()
    expect(chinese_page.locator("[data-count]")).to_have_text(f"8个客户中的{prospects}个")
    chinese_page.get_by_role("button", name="清除筛选").click()
    chinese_page.get_by_label("查找客户").fill("华远")
    expect(chinese_page.locator("[data-count]")).to_have_text("8个客户中的1个")
    chinese_page.get_by_label("查找客户").fill("")
    chinese_page.locator('[data-sort="name"]').click()
    shown = names(chinese_page)
    chinese_page.locator('[data-sort="name"]').click()
    assert names(chinese_page) == shown[::-1]


def test_in_chinese_money_and_days_are_written_as_everywhere_else(
    chinese_page: Page, chinese_site: Path, chinese: Language
) -> None:
    rows = {row["name"]: row for row in data_of(chinese_site)["accounts"]}
    seen = []
    for row in chinese_page.locator("tbody tr").all():
        account = rows[row.locator("th a").inner_text()]
        for key, title in (("retained_profit", "预期利润"), ("our_margin", "我方毛利")):
            shown = row.locator(f'td[data-title="{title}"]').inner_text()
            with speaking(chinese):
                assert shown.removeprefix("\u2248\u202f") == money(account[f"{key}_reporting"])
            seen.append(shown)
        if account["reviewed"]:
            day = row.locator(
                "td[data-title='复核日期'] time, td[data-title='复核'] time"
            ).inner_text()
            with speaking(chinese):
                assert day == short_day(datetime.date.fromisoformat(account["reviewed"]), TODAY)
    assert any("万" in text for text in seen)


SIZES = (0, 7, 999, 4278, 9999, 10_000, 12_500, 13_500, 999_600, 99_960_000, 1.2e8, 123456789012)


def test_in_chinese_any_amount_is_rounded_alike(
    context: BrowserContext, chinese_site: Path, chinese: Language
) -> None:
    page = context.new_page()
    data = data_of(chinese_site)
    data["accounts"] = [
        {
            **data["accounts"][0],
            "id": f"many-{number}",
            "name": f"Sized {number}",
            "our_margin_reporting": -size,
        }
        for number, size in enumerate(SIZES)
    ]
    page.add_init_script(
        f"Object.defineProperty(window, 'ACCOUNTS', {{value: {json.dumps(data)}, writable: false}});"
    )
    page.goto(f"{chinese_site.as_uri()}/accounts/index.html")
    cells = page.locator('td[data-title="我方毛利"] span')
    expect(cells).to_have_count(len(SIZES))
    shown = dict(zip(names(page), cells.all_inner_texts(), strict=True))
    with speaking(chinese):
        expected = {f"Sized {number}": money(-size) for number, size in enumerate(SIZES)}
    assert {name: text.removeprefix("\u2248\u202f") for name, text in shown.items()} == expected


def test_in_chinese_the_file_for_spreadsheets_has_chinese_heads(chinese_page: Page) -> None:
    with chinese_page.expect_download() as caught:
        chinese_page.get_by_role("button", name="下载为 CSV").click()
    head = caught.value.path().read_text(encoding="utf-8-sig").splitlines()[0]
    assert head == (
        "客户,名称,状态,等级,关注,交易判断,阶梯级别,行业,地区,负责人,续约,"
        "次序,健康度,下一步,下一步日期,期限,货币,报告货币,营收,营收（报告货币）,我方毛利,我方毛利（报告货币）,"
        "让渡价值,让渡价值（报告货币）,预期利润,预期利润（报告货币）,"
        "我方预期损失,我方预期损失（报告货币）,对方预期损失,对方预期损失（报告货币）,"
        "完整度,复核日期,问题数"
    )


def test_in_chinese_no_english_word_is_left(chinese_page: Page, chinese_site: Path) -> None:
    data = data_of(chinese_site)
    written = [data["reporting_currency"], "Esc", "CSV"]
    written += [
        word for key in ("owner", "region", "industry") for word in data["words"][key].values()
    ]
    written += [
        account[key]
        for account in data["accounts"]
        for key in ("name", "owner", "region", "next_step")
        if account[key]
    ]
    root = chinese_page.locator("[data-directory]")
    texts: list[str] = root.evaluate(
        """(root, names) => [root.innerText, ...[...root.querySelectorAll("*")].flatMap(
            one => names.map(name => one.getAttribute(name)).filter(Boolean))]""",
        sorted(SHOWN_ATTRIBUTES),
    )
    left = "\n".join(texts)
    for term in sorted(written, key=len, reverse=True):
        left = left.replace(term, "")
    assert re.findall(r"[A-Za-z]{2,}", left) == []
    title = (
        chinese_page.locator("tbody td[data-title='我方毛利'] span[title]").first.get_attribute(
            "title"
        )
        or ""
    )
    assert "把握度" in title
