/* The page that searches every word: Pagefind finds, window.ACCOUNTS tells apart; the state is in
   the address. */
(function () {
  "use strict";

  var DRAWN = 10;
  var PLACES = 3;
  var EXCERPT = 40;
  var WAIT = 120;
  var FACTS = ["tier", "verdict", "status", "industry", "region", "owner"];
  /* Scripts that are written without spaces are indexed sign by sign (site/full_text.py). */
  var SIGN = "[\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]";
  var TERM = new RegExp('"([^"]*)"?|(' + SIGN + "+)|((?:(?!" + SIGN + ')[^"\\s])+)', "gu");
  var BETWEEN = new RegExp("((?:" + SIGN + "|[\\u3000-\\u303f\\uff00-\\uffef])(?:</mark>)?)\\s+(?=(?:<mark>)?(?:" + SIGN + "|[\\u3000-\\u303f\\uff00-\\uffef]))", "gu");
  var ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };

  function make(name, classes, text) {
    var element = document.createElement(name);
    if (classes) element.className = classes;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /* What to ask Pagefind for: the words together, and all that must stand side by side. */
  function questions(query) {
    var words = [];
    var phrases = [];
    var term;
    TERM.lastIndex = 0;
    while ((term = TERM.exec(query))) {
      var phrase = term[1] || term[2];
      if (term[3]) words.push(term[3]);
      else if (phrase && phrase.trim()) phrases.push('"' + spaced(phrase) + '"');
    }
    return (words.length ? [words.join(" ")] : []).concat(phrases);
  }

  function spaced(text) {
    return text.replace(new RegExp(SIGN, "gu"), " $& ").replace(/\s+/g, " ").trim();
  }

  /* An excerpt is text with marks around what was found; nothing else in it becomes an element. */
  function excerptInto(element, excerpt) {
    var joined = excerpt.replace(BETWEEN, "$1").replace(/<\/mark>(\s*)<mark>/g, "$1");
    joined.split(/<mark>([\s\S]*?)<\/mark>/).forEach(function (part, index) {
      var text = part.replace(/&(?:lt|gt|quot|#39|amp);/g, function (sign) {
        return ENTITIES[sign];
      });
      element.appendChild(index % 2 ? make("mark", "", text) : document.createTextNode(text));
    });
  }

  function start() {
    var root = document.querySelector("[data-find]");
    if (!root || root.dataset.ready || !window.ACCOUNTS) return;
    root.dataset.ready = "yes";
    root.hidden = false;
    if (window.location.protocol === "file:") {
      root.querySelector("[data-unserved]").hidden = false;
      root.querySelector("[data-searching]").hidden = true;
    } else {
      new Find(root, window.ACCOUNTS).begin();
    }
  }

  function Find(root, data) {
    var find = root.querySelector.bind(root);
    this.root = root;
    this.says = JSON.parse(root.dataset.says);
    this.accounts = data.accounts;
    this.home = new URL(root.dataset.root, window.location.href.split(/[?#]/)[0]);
    this.input = find("[data-query]");
    this.count = find("[data-count]");
    this.list = find("[data-results]");
    this.moreButton = find("[data-more]");
    this.clearButton = find("[data-clear]");
    this.choices = new AccountChoices.Choices(root, data.words, this.says, this.chosen.bind(this));
    this.asked = 0;
    this.drawing = 0;
  }

  /* A sentence of the page, in its language, with a number. */
  Find.prototype.said = function (sentence, number) {
    return this.says[sentence].replace("{n}", AccountChoices.grouped(number));
  };

  Find.prototype.begin = function () {
    var self = this;
    this.choices.build(this.accounts);
    this.read();
    this.listen();
    this.load()
      .then(function () {
        return self.search();
      })
      .catch(function () {
        self.root.querySelector("[data-broken]").hidden = false;
      });
  };

  /* Pagefind itself, and which of its results is which account. */
  Find.prototype.load = function () {
    var self = this;
    var byPage = {};
    this.accounts.forEach(function (account) {
      byPage["accounts/" + account.id + ".html"] = account;
    });
    var pages = fetch(new URL("pagefind/pages.json", this.home)).then(function (answer) {
      return answer.json();
    });
    return Promise.all([import(new URL("pagefind/pagefind.js", this.home).href), pages]).then(function (got) {
      self.pagefind = got[0];
      self.byResult = {};
      Object.keys(got[1]).forEach(function (id) {
        self.byResult[id] = byPage[got[1][id]];
      });
      return self.pagefind.options({ excerptLength: EXCERPT });
    }).then(function () {
      return self.pagefind.init();
    });
  };

  /* --- what the address says ------------------------------------------------------------------ */

  Find.prototype.read = function () {
    this.input.value = this.choices.read().get("q") || "";
  };

  Find.prototype.write = function () {
    this.choices.write(this.input.value.trim());
  };

  /* --- finding -------------------------------------------------------------------------------- */

  Find.prototype.search = function () {
    var self = this;
    var asked = ++this.asked;
    var asks = questions(this.input.value);
    return Promise.all(
      (asks.length ? asks : [null]).map(function (question) {
        return self.pagefind.search(question);
      })
    ).then(function (answers) {
      if (asked !== self.asked) return undefined;
      self.found = self.inAll(answers);
      return self.draw();
    });
  };

  /* Accounts that are in all answers, in the order of the first. */
  Find.prototype.inAll = function (answers) {
    var self = this;
    var others = answers.slice(1).map(function (answer) {
      return new Set(
        answer.results.map(function (result) {
          return result.id;
        })
      );
    });
    var kept = answers[0].results.filter(function (result) {
      return others.every(function (ids) {
        return ids.has(result.id);
      });
    });
    return kept
      .map(function (result) {
        return { result: result, account: self.byResult[result.id] };
      })
      .filter(function (one) {
        return one.account;
      });
  };

  /* --- drawing -------------------------------------------------------------------------------- */

  Find.prototype.draw = function () {
    var self = this;
    var query = this.input.value.trim();
    this.fitting = this.found.filter(function (one) {
      return self.choices.fits(one.account, null);
    });
    var isBlank = !query && !this.choices.count();
    this.clearButton.hidden = isBlank;
    this.choices.draw(
      this.found.map(function (one) {
        return one.account;
      })
    );
    if (isBlank) this.fitting = [];
    var number = this.fitting.length;
    var text = this.said(number === 0 ? "none" : number === 1 ? "one" : "many", number);
    if (isBlank) text = this.said("begin", this.found.length);
    if (this.count.textContent !== text) this.count.textContent = text;
    return this.drawResults(0);
  };

  /* Texts come one by one and only for what is shown. */
  Find.prototype.drawResults = function (from) {
    var self = this;
    var drawing = ++this.drawing;
    var shown = this.fitting.slice(from, from + DRAWN);
    return Promise.all(
      shown.map(function (one) {
        return one.result.data();
      })
    ).then(function (texts) {
      if (drawing !== self.drawing) return;
      var items = texts.map(function (text, index) {
        return self.item(shown[index].account, text);
      });
      if (from === 0) self.list.replaceChildren();
      self.list.append.apply(self.list, items);
      self.moreButton.hidden = from + DRAWN >= self.fitting.length;
      if (from > 0 && items.length) items[0].querySelector("a").focus();
    });
  };

  Find.prototype.item = function (account, text) {
    var self = this;
    var item = make("li", "");
    var page = new URL("accounts/" + account.id + ".html", this.home).href;
    var link = make("a", "ap-find-name", account.name);
    link.href = page;
    item.appendChild(link);
    var facts = FACTS.filter(function (key) {
      return AccountChoices.valueOf(account, key) !== AccountChoices.none;
    }).map(function (key) {
      return self.choices.word(key, account[key]);
    });
    item.appendChild(make("p", "ap-find-facts", facts.join(" \u00b7 ")));
    var excerpt = make("p", "");
    excerptInto(excerpt, text.excerpt);
    item.appendChild(excerpt);
    var places = this.input.value.trim() ? this.places(text, page) : null;
    if (places) item.appendChild(places);
    return item;
  };

  /* The sections that hold what was found. */
  Find.prototype.places = function (text, page) {
    var sections = (text.sub_results || []).filter(function (one) {
      return one.anchor && one.anchor.element === "h2";
    });
    if (!sections.length) return null;
    var places = make("p", "ap-find-places");
    sections.slice(0, PLACES).forEach(function (one) {
      var link = make("a", "", one.title);
      link.href = page + "#" + one.anchor.id;
      places.append(link, " ");
    });
    return places;
  };

  /* --- what readers do ------------------------------------------------------------------------ */

  Find.prototype.chosen = function () {
    this.write();
    if (this.found) this.draw();
  };

  Find.prototype.typed = function () {
    var self = this;
    this.write();
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(function () {
      if (self.pagefind) self.search();
    }, WAIT);
  };

  Find.prototype.clear = function () {
    this.input.value = "";
    this.choices.chosen = {};
    this.typed();
    this.input.focus();
  };

  Find.prototype.listen = function () {
    var self = this;
    this.input.addEventListener("input", this.typed.bind(this));
    this.clearButton.addEventListener("click", this.clear.bind(this));
    this.moreButton.addEventListener("click", function () {
      self.drawResults(self.list.children.length);
    });
    this.root.addEventListener("keydown", this.move.bind(this));
    window.addEventListener("hashchange", function () {
      self.read();
      if (self.pagefind) self.search();
    });
  };

  /* From the box through the names found and back. */
  Find.prototype.move = function (event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    var isBox = event.target === this.input;
    var names = Array.prototype.slice.call(this.list.querySelectorAll(".ap-find-name"));
    var at = names.indexOf(event.target);
    var target = { ArrowDown: names[at + 1], ArrowUp: at ? names[at - 1] : this.input }[event.key];
    if (isBox && event.key === "Enter") target = names[0];
    if (isBox && event.key === "ArrowUp") target = undefined;
    if (isBox && event.key === "Escape" && this.input.value) {
      event.preventDefault();
      this.input.value = "";
      this.typed();
    } else if (target && (isBox || at >= 0)) {
      event.preventDefault();
      target.focus();
      if (isBox && event.key === "Enter") target.click();
    }
  };

  AccountChoices.whenShown(start);
})();
