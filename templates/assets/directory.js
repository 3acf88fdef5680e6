/* The account directory: filters and sorts window.ACCOUNTS, keeps its state in the address. */
(function () {
  "use strict";

  var filled = AccountChoices.filled;
  var grouped = AccountChoices.grouped;
  var LANGUAGE = AccountChoices.language;

  var DRAWN = 100;
  var NARROW = "\u202f";
  /* Shown and sorted in the reporting currency: the key with _reporting behind it. */
  var MONEY = { revenue: 1, our_margin: 1, delivered_value: 1, retained_profit: 1, own_loss: 1, their_loss: 1 };
  var DESCENDING = { revenue: 1, our_margin: 1, retained_profit: 1, rung: 1 };
  /* With such a sign a spreadsheet takes a cell for a formula. */
  var FORMULA = /^[=+\-@\t\r\u0000\uff1d\uff0b\uff0d\uff20]/;
  var WORDED = ["status", "tier", "attention", "verdict", "rung", "industry", "region", "owner", "renewal"];
  var AMOUNTS = Object.keys(MONEY).reduce(function (keys, key) {
    return keys.concat([key, key + "_reporting"]);
  }, []);
  var PLAIN = ["place", "health", "next_step", "next_on", "deadline", "currency", "reporting_currency"].concat(AMOUNTS, ["completeness", "reviewed", "errors"]);
  /* English is written as the site's design has it, any other language as its own numbers and days. */
  var ENGLISH = /^en\b/.test(LANGUAGE);
  var COMPACT = { notation: "compact", maximumFractionDigits: 1, useGrouping: false, roundingMode: "halfEven" };
  var MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  var ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

  function shown(account, key) {
    return account[MONEY[key] ? key + "_reporting" : key];
  }

  function escaped(text) {
    return String(text).replace(/[&<>"']/g, function (sign) {
      return ENTITIES[sign];
    });
  }

  /* Width, case and the two forms of sigma and sharp s make no difference. */
  function folded(text) {
    return text.normalize("NFKC").toUpperCase().toLowerCase().replace(/\u03c2/g, "\u03c3");
  }

  function money(value) {
    var size = Math.abs(value);
    if (!ENGLISH) return (value < 0 ? "\u2212" : "") + compact().format(size);
    var text = grouped(Math.round(size));
    var steps = [
      [1e9, "bn", 99.95],
      [1e6, "M", 99.95],
      [1e3, "k", 9.95],
    ];
    for (var i = 0; i < steps.length; i++) {
      if (size >= steps[i][0] * 0.9995) {
        var scaled = size / steps[i][0];
        text = scaled.toFixed(scaled < steps[i][2] ? 1 : 0).replace(/\.0$/, "");
        text = grouped(text.split(".")[0]) + (text.split(".")[1] ? "." + text.split(".")[1] : "");
        text += NARROW + steps[i][1];
        break;
      }
    }
    return (value < 0 ? "\u2212" : "") + text;
  }

  /* Made once: it is slow to make. */
  function compact() {
    return (compact.made = compact.made || new Intl.NumberFormat(LANGUAGE, COMPACT));
  }

  /* Without its year when that is this one. */
  function day(iso, today) {
    var other = iso.slice(0, 4) !== today.slice(0, 4);
    if (!ENGLISH) {
      var shape = { timeZone: "UTC", month: "long", day: "numeric", year: other ? "numeric" : undefined };
      return new Date(iso).toLocaleDateString(LANGUAGE, shape);
    }
    var parts = iso.split("-");
    return Number(parts[2]) + " " + MONTHS[Number(parts[1]) - 1] + (other ? " " + parts[0] : "");
  }

  function start() {
    var root = document.querySelector("[data-directory]");
    if (!root || root.dataset.ready || !window.ACCOUNTS) return;
    root.dataset.ready = "yes";
    new Directory(root, window.ACCOUNTS).begin();
  }

  function Directory(root, data) {
    var find = root.querySelector.bind(root);
    this.root = root;
    this.data = data;
    this.words = data.words;
    this.says = JSON.parse(root.dataset.words);
    this.input = find("[data-query]");
    this.order = find("[data-order]");
    this.body = find("tbody");
    this.count = find("[data-count]");
    this.allButton = find("[data-all]");
    this.clearButton = find("[data-clear]");
    this.csvButton = find("[data-csv]");
    this.none = find("[data-none]");
    this.choices = new AccountChoices.Choices(root, data.words, this.says, this.changed.bind(this));
    this.titles = {};
    Array.prototype.forEach.call(root.querySelectorAll("[data-sort]"), function (button) {
      this.titles[button.dataset.sort] = button.textContent;
    }, this);
    this.reset();
  }

  Directory.prototype.reset = function () {
    this.state = { query: "", sort: "tier", down: false, all: false };
  };

  Directory.prototype.begin = function () {
    var self = this;
    this.rows = this.data.accounts.map(function (account) {
      var words = [account.name, account.id].concat(account.aliases, account.people, account.tags);
      if (account.owner) words.push(self.words.owner[account.owner] || account.owner);
      return { account: account, text: folded(words.join("\n")), html: null };
    });
    this.hideEmpty();
    this.showViews();
    this.choices.build(this.data.accounts);
    this.listen();
    this.read();
    this.root.hidden = false;
    this.draw();
  };

  /* Selections to come back to, those that some account is in; an address is `key=id,id`. */
  Directory.prototype.showViews = function () {
    var self = this;
    Array.prototype.forEach.call(this.root.querySelectorAll("[data-view]"), function (view) {
      var given = view.querySelector("a").getAttribute("href").slice(1).split("=");
      var ids = given[1].split(",");
      var count = self.data.accounts.filter(function (account) {
        return ids.indexOf(account[given[0]]) >= 0;
      }).length;
      view.hidden = !count;
      view.querySelector(".q").textContent = grouped(count);
      if (count) self.root.querySelector("[data-views]").hidden = false;
    });
  };

  Directory.prototype.word = function (key, id) {
    return (this.words[key] && this.words[key][id]) || id;
  };

  /* --- what the address says ------------------------------------------------------------------ */

  Directory.prototype.read = function () {
    this.reset();
    var state = this.state;
    var given = this.choices.read();
    state.query = given.get("q") || "";
    var sort = given.get("sort") || "";
    var key = sort.replace(/^-/, "");
    if (this.root.querySelector('[data-sort="' + key.replace(/[^a-z_]/g, "") + '"]')) {
      state.sort = key;
      state.down = sort.charAt(0) === "-";
    }
    this.input.value = state.query;
  };

  Directory.prototype.write = function () {
    var state = this.state;
    var isSorted = state.sort !== "tier" || state.down;
    this.choices.write(state.query, isSorted ? ["sort=" + (state.down ? "-" : "") + state.sort] : []);
  };

  /* --- which rows, in which order ------------------------------------------------------------- */

  /* Rows are kept in order, so that a keystroke only filters. */
  Directory.prototype.matching = function () {
    var order = this.state.sort + this.state.down;
    if (this.ordered !== order) {
      this.rows = this.sorted(this.rows);
      this.ordered = order;
    }
    var terms = folded(this.state.query).split(/\s+/).filter(Boolean);
    return this.rows.filter(function (row) {
      return terms.every(function (term) {
        return row.text.indexOf(term) >= 0;
      });
    });
  };

  Directory.prototype.sortKey = function (row, key) {
    var by = { attention: "place", next_step: "next_on" }[key];
    var value = by ? row.account[by] : shown(row.account, key);
    if (value === null || value === undefined) return null;
    if (AccountChoices.ranked[key] && !by) return Object.keys(this.words[key]).indexOf(value);
    if (key === "owner") return this.word("owner", value);
    return value;
  };

  Directory.prototype.sorted = function (rows) {
    var self = this;
    var key = this.state.sort;
    var sign = this.state.down ? -1 : 1;
    var keyed = rows.map(function (row) {
      return {
        row: row,
        key: self.sortKey(row, key),
        profit: self.sortKey(row, "retained_profit"),
        revenue: self.sortKey(row, "revenue"),
      };
    });
    keyed.sort(function (a, b) {
      return (
        self.compare(a.key, b.key, sign) ||
        self.compare(a.profit, b.profit, -1) ||
        self.compare(a.revenue, b.revenue, -1) ||
        AccountChoices.collator.compare(a.row.account.name, b.row.account.name)
      );
    });
    return keyed.map(function (one) {
      return one.row;
    });
  };

  /* What is not known comes last, whichever way the rest is sorted. */
  Directory.prototype.compare = function (a, b, sign) {
    if (a === b) return 0;
    if (a === null) return 1;
    if (b === null) return -1;
    return sign * (typeof a === "string" ? AccountChoices.collator.compare(a, b) : a - b);
  };

  /* --- drawing -------------------------------------------------------------------------------- */

  Directory.prototype.draw = function () {
    var self = this;
    var found = this.matching();
    var rows = found.filter(function (row) {
      return self.choices.fits(row.account, null);
    });
    var shown = this.state.all ? rows : rows.slice(0, DRAWN);
    this.body.innerHTML = shown
      .map(function (row) {
        return row.html || (row.html = self.rowHtml(row.account));
      })
      .join("");
    var first = this.body.querySelector("a");
    if (first) first.tabIndex = 0;
    this.drawCount(shown.length, rows.length);
    this.choices.draw(
      found.map(function (row) {
        return row.account;
      })
    );
    this.drawSort();
  };

  Directory.prototype.drawCount = function (shown, fitting) {
    var total = this.rows.length;
    var says = shown < fitting ? this.says.first : fitting === total ? this.says.all : this.says.some;
    var text = filled(says[total === 1 ? 0 : 1], {
      shown: grouped(shown),
      fitting: grouped(fitting),
      all: grouped(total),
    });
    if (this.count.textContent !== text) this.count.textContent = text;
    this.allButton.hidden = shown >= fitting;
    this.allButton.textContent = filled(this.says.show, { count: grouped(fitting) });
    this.none.hidden = fitting > 0;
    this.csvButton.hidden = fitting === 0;
    this.clearButton.hidden = !this.choices.count() && !this.state.query;
  };

  /* A column that no account fills would only take room. */
  Directory.prototype.hideEmpty = function () {
    var self = this;
    this.empty = {};
    Array.prototype.forEach.call(this.root.querySelectorAll("th[data-column]"), function (head) {
      var key = head.dataset.column;
      head.hidden = key !== "name" && key !== "tier" && self.data.accounts.every(function (account) {
        return shown(account, key) === null;
      });
      if (head.hidden) self.empty[key] = true;
    });
    Array.prototype.forEach.call(this.order.options, function (option) {
      option.hidden = !!self.empty[option.value];
    });
  };

  Directory.prototype.drawSort = function () {
    var state = this.state;
    Array.prototype.forEach.call(this.root.querySelectorAll("th"), function (head) {
      if (head.dataset.column === state.sort) {
        head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      } else {
        head.removeAttribute("aria-sort");
      }
    });
    this.order.value = state.sort;
  };

  Directory.prototype.cell = function (key, html, kind) {
    if (this.empty[key]) return "";
    var classes = kind ? ' class="ap-dir-' + kind + '"' : "";
    return "<td" + classes + ' data-in="' + key + '" data-title="' + escaped(this.titles[key]) + '">' + html + "</td>";
  };

  Directory.prototype.rowHtml = function (account) {
    var dash = '<span class="ap-dir-unknown" title="' + escaped(this.says.unknown) + '">\u2013</span>';
    var self = this;
    function word(key) {
      var id = account[key];
      return id === null ? dash : escaped(self.word(key, id));
    }
    function amount(key) {
      var value = shown(account, key);
      if (value === null) return dash;
      var sure = account.confidence[key];
      var doubt = sure !== undefined && sure < self.data.limits.sure;
      var full = (value < 0 ? "\u2212" : "") + grouped(Math.abs(value)) + " " + self.data.reporting_currency;
      var title = sure === undefined ? full : filled(self.says.sure, { amount: full, confidence: sure.toFixed(2) });
      return '<span title="' + escaped(title) + '">' + (doubt ? "\u2248" + NARROW : "") + money(value) + "</span>";
    }
    return (
      "<tr>" +
      this.nameCell(account) +
      this.cell("tier", account.tier === null ? dash : this.tierHtml(account.tier), "in-tier") +
      this.cell("health", account.health === null ? dash : this.healthHtml(account), "number") +
      this.cell("attention", account.attention === null || account.attention === "none" ? dash : this.levelHtml(account.attention)) +
      this.cell("next_step", account.next_step === null ? dash : this.stepHtml(account), "step") +
      this.cell("revenue", amount("revenue"), "number") +
      this.cell("our_margin", amount("our_margin"), "number") +
      this.cell("retained_profit", amount("retained_profit"), "number") +
      this.cell("rung", word("rung")) +
      this.cell("deadline", account.deadline === null ? dash : this.dayHtml(account.deadline)) +
      this.cell("owner", word("owner"), "owner") +
      this.cell("reviewed", account.reviewed === null ? dash : this.reviewedHtml(account.reviewed)) +
      "</tr>"
    );
  };

  Directory.prototype.nameCell = function (account) {
    var self = this;
    var about = ["status", "industry", "region"]
      .filter(function (key) {
        return account[key] !== null;
      })
      .map(function (key) {
        return self.word(key, account[key]);
      });
    var findings = account.errors
      ? ' <span class="ap-dir-findings" title="' + escaped(this.says.findings) + '">\u25b2' + NARROW + account.errors + "</span>"
      : "";
    return (
      '<th scope="row"><a href="' + encodeURIComponent(account.id) + '.html" tabindex="-1">' +
      escaped(account.name) + "</a>" + findings + "<small>" + escaped(about.join(this.says.joint)) + "</small></th>"
    );
  };

  Directory.prototype.tierHtml = function (tier) {
    return '<span class="tier t' + escaped(tier) + '">' + escaped(tier) + "</span>";
  };

  Directory.prototype.levelHtml = function (level) {
    var mark = level === "act" ? ["bad", "\u25b2"] : ["watch", "\u25cf"];
    return (
      '<span class="ap-dir-mark ap-dir-' + mark[0] + '" aria-hidden="true">' + mark[1] + "</span> " +
      escaped(this.word("attention", level))
    );
  };

  Directory.prototype.healthHtml = function (account) {
    var word = account.health_word;
    var kind = { healthy: "good", watch: "watch" }[word] || "bad";
    return '<span class="ap-dir-' + kind + '" title="' + escaped(this.word("health_word", word)) + '">' + account.health + "</span>";
  };

  /* A day; one that has passed stands out. */
  Directory.prototype.dayHtml = function (iso) {
    var age = (Date.parse(this.data.today) - Date.parse(iso)) / 864e5;
    var text = '<time datetime="' + escaped(iso) + '">' + escaped(day(iso, this.data.today)) + "</time>";
    return age > 0 ? '<span class="ap-dir-bad">\u25b2 ' + text + "</span>" : text;
  };

  Directory.prototype.stepHtml = function (account) {
    return this.dayHtml(account.next_on) + " " + escaped(account.next_step);
  };

  Directory.prototype.reviewedHtml = function (iso) {
    var days = (Date.parse(this.data.today) - Date.parse(iso)) / 864e5;
    var old = days > this.data.review_days;
    var text = '<time datetime="' + escaped(iso) + '">' + escaped(day(iso, this.data.today)) + "</time>";
    return old ? '<span class="ap-dir-late" title="' + escaped(this.says.late) + '">' + text + " \u25b2</span>" : text;
  };

  /* --- what is shown, for a spreadsheet ------------------------------------------------------- */

  function cellOf(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    var text = FORMULA.test(value) ? "'" + value : value;
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  /* All rows that fit, also those that are not drawn yet; begins with the mark that says UTF-8. */
  Directory.prototype.csv = function () {
    var self = this;
    var heads = ["account", "name"].concat(WORDED, PLAIN);
    var lines = [
      heads.map(function (key) {
        return self.says.csv[key];
      }),
    ];
    this.matching().forEach(function (row) {
      if (!self.choices.fits(row.account, null)) return;
      var account = row.account;
      lines.push(
        [account.id, account.name].concat(
          WORDED.map(function (key) {
            return account[key] === null ? null : self.word(key, account[key]);
          }),
          PLAIN.map(function (key) {
            return key === "reporting_currency" ? self.data.reporting_currency : account[key];
          })
        )
      );
    });
    var rows = lines.map(function (cells) {
      return cells.map(cellOf).join(",") + "\r\n";
    });
    return "\ufeff" + rows.join("");
  };

  Directory.prototype.download = function () {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.csv()], { type: "text/csv;charset=utf-8" }));
    link.download = "accounts.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  };

  /* --- what readers do ------------------------------------------------------------------------ */

  Directory.prototype.changed = function () {
    this.state.all = false;
    this.write();
    this.draw();
  };

  Directory.prototype.sortBy = function (key) {
    var state = this.state;
    state.down = state.sort === key ? !state.down : Boolean(DESCENDING[key]);
    state.sort = key;
    this.write();
    this.draw();
  };

  Directory.prototype.listen = function () {
    var self = this;
    this.input.addEventListener("input", function () {
      self.state.query = self.input.value;
      self.changed();
    });
    this.input.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") self.focus(0, event);
      if (event.key === "Enter" && self.state.query) self.open(event);
      if (event.key === "Escape" && self.state.query) {
        event.preventDefault();
        self.state.query = self.input.value = "";
        self.changed();
      }
    });
    this.order.addEventListener("change", function () {
      self.state.sort = "";
      self.sortBy(self.order.value);
    });
    this.body.addEventListener("keydown", function (event) {
      self.move(event);
    });
    this.root.querySelector("thead").addEventListener("click", function (event) {
      var button = event.target.closest("[data-sort]");
      if (button) self.sortBy(button.dataset.sort);
    });
    this.allButton.addEventListener("click", function () {
      self.state.all = true;
      self.draw();
      self.focus(DRAWN, null);
    });
    this.csvButton.addEventListener("click", function () {
      self.download();
    });
    this.clearButton.addEventListener("click", function () {
      self.state.query = self.input.value = "";
      self.choices.chosen = {};
      self.changed();
      self.input.focus();
    });
    window.addEventListener("hashchange", function () {
      self.read();
      self.draw();
    });
  };

  Directory.prototype.move = function (event) {
    var rows = this.body.rows;
    var row = event.target.closest("tr");
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    var at = row.sectionRowIndex;
    var target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (target === undefined) return;
    if (target < 0) {
      event.preventDefault();
      this.input.focus();
    } else if (target < rows.length) {
      this.focus(target, event);
    }
  };

  Directory.prototype.focus = function (index, event) {
    var row = this.body.rows[index];
    if (!row) return;
    if (event) event.preventDefault();
    Array.prototype.forEach.call(this.body.querySelectorAll('a[tabindex="0"]'), function (link) {
      link.tabIndex = -1;
    });
    var link = row.querySelector("a");
    link.tabIndex = 0;
    link.focus();
  };

  /* Enter in the box opens the first account found. */
  Directory.prototype.open = function (event) {
    var first = this.body.querySelector("a");
    if (!first) return;
    event.preventDefault();
    first.click();
  };

  AccountChoices.whenShown(start);
})();
