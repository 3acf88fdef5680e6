/* The search at the top of each page. MiniSearch finds; the library and the index of the pages are
   loaded when somebody searches, as scripts, so that a page opened from a folder has them too. */
(function () {
  "use strict";

  var HOME = document.currentScript ? new URL("..", document.currentScript.src) : null;
  var SAYS = window.SEARCH_SAYS;
  var SHOWN = 20;
  var ALSO = 3;
  var EXCERPT = 150;
  var FEW = 3;
  var WAIT = 60;
  /* Where a word stands says more than how often: in a page's name, a heading, its first sentence. */
  var RANKS = { name: 4, names: 4, heading: 3, about: 2, text: 1 };
  var KINDS = { account: 3, portfolio: 2, guide: 1, reference: 0 };
  var BOOST = { name: 8, names: 6, heading: 4, about: 2, text: 1 };
  var MAGNIFIER = "M9.5 3A6.5 6.5 0 0 1 16 9.5c0 1.61-.59 3.09-1.56 4.23l.27.27h.79l5 5-1.5 1.5-5-5v-.79l-.27-.27A6.52 6.52 0 0 1 9.5 16 6.5 6.5 0 0 1 3 9.5 6.5 6.5 0 0 1 9.5 3m0 2C7 5 5 7 5 9.5S7 14 9.5 14 14 12 14 9.5 12 5 9.5 5";

  /* --- words ---------------------------------------------------------------------------------- */

  /* Scripts that are written without spaces, or put words together: their signs go in pairs, so that
     any part of a name is found. */
  var PAIRED = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}" +
    "\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\u30fc";
  var LETTER = "(?:(?![" + PAIRED + "])[\\p{L}\\p{N}\\p{M}])";
  var WORD = "[" + PAIRED + "][" + PAIRED + "\\p{M}]*|" + LETTER + "+(?:[&\uff06]" + LETTER + "+)*";
  var IS_PAIRED = new RegExp("^[" + PAIRED + "]", "u");
  /* Accents and points that people leave out when they type; vowels of other scripts stay. */
  var MARKS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g;
  var PLAIN = {
    "\u00e6": "ae", "\u0153": "oe", "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d",
    "\u00fe": "th", "\u00df": "ss", "\u0131": "i", "\u0127": "h", "\u0167": "t", "\u03c2": "\u03c3"
  };
  var NOT_PLAIN = new RegExp("[" + Object.keys(PLAIN).join("") + "]", "g");
  /* As they are written where the letter is not at hand: Koenig, Soeren, Aalborg. */
  var SPELLED = { "\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00f8": "oe", "\u00e5": "aa" };

  /* What people put around what they ask for. */
  var SAYS_NOTHING = new Set(("a an and by do for from how i in is my of on or our the to what with " +
    "\u600e\u4e48 \u5982\u4f55 \u600e\u6837 \u4ec0\u4e48 \u7684").split(" "));

  function plain(word) {
    return word.toLowerCase().normalize("NFKD").replace(MARKS, "").replace(NOT_PLAIN, function (sign) {
      return PLAIN[sign];
    }).normalize("NFKC");
  }

  function spelled(word) {
    return plain(word.normalize("NFC").toLowerCase().replace(/[\u00e4\u00f6\u00fc\u00f8\u00e5]/g, function (sign) {
      return SPELLED[sign];
    }));
  }

  /* Calls `tell` with each word of a text and where it stands. */
  function eachWord(text, tell) {
    var word = new RegExp(WORD, "gu");
    var found;
    while ((found = word.exec(text))) tell(found[0], found.index);
  }

  function pairs(word) {
    var signs = Array.from(plain(word));
    return signs.map(function (sign, index) {
      return sign + (signs[index + 1] || "");
    });
  }

  /* All that a word of a page is found by. */
  function forms(word) {
    if (IS_PAIRED.test(word)) return pairs(word);
    var made = [plain(word), spelled(word)];
    var parts = word.split(/[&\uff06]/);
    if (parts.length > 1) made = made.concat(parts.map(plain), plain(parts.join("")));
    return Array.from(new Set(made));
  }

  function indexed(text) {
    var made = [];
    eachWord(text, function (word) {
      made = made.concat(forms(word));
    });
    return made;
  }

  /* A question in other words that mean the same: what the settings say of each word in it. */
  function rephrased(text, synonyms) {
    var here = plain(text);
    var made = [];
    synonyms.forEach(function (group) {
      group.forEach(function (word) {
        var known = plain(word);
        var at = here.indexOf(known);
        var ends = at + known.length;
        var isWhole = IS_PAIRED.test(known) || !(isLetter(here[at - 1]) || isLetter(here[ends]));
        if (at < 0 || !isWhole) return;
        group.forEach(function (other) {
          if (other !== word) made.push(here.slice(0, at) + other + here.slice(ends));
        });
      });
    });
    return made;
  }

  /* The question, then others that ask the same: with one other word, and if that is `few` with two. */
  function questions(text, synonyms, few) {
    var same = rephrased(text, synonyms);
    if (few) {
      same = same.concat(...same.map(function (other) {
        return rephrased(other, synonyms);
      }));
    }
    return [text].concat(parted(text), same, ...same.map(parted));
  }

  /* The words of a text whose script has no spaces, apart. */
  function parted(text) {
    if (!window.Intl || !Intl.Segmenter) return [];
    var words = Array.from(new Intl.Segmenter(document.documentElement.lang, { granularity: "word" }).segment(text));
    var isParted = words.length > 1 && words.every(function (word) {
      return !IS_PAIRED.test(word.segment) || word.segment.length > 1 || SAYS_NOTHING.has(word.segment);
    });
    return isParted ? [words.map(function (word) {
      return word.segment;
    }).join(" ")] : [];
  }

  function isLetter(sign) {
    return Boolean(sign) && /[\p{L}\p{N}]/u.test(sign);
  }

  /* What somebody asks for; the last sign of a pair stands in the pair before it. Words are found by
     their beginning, so that one without its last s, ies or y stands for both numbers. */
  function asked(text, asTyped) {
    var made = [];
    eachWord(text, function (word) {
      if (!IS_PAIRED.test(word)) made.push(asTyped ? plain(word) : plain(word).replace(/(....)(?:ies|y)$|(....[^s])s$/, "$1$2"));
      else made = made.concat(Array.from(word).length > 1 ? pairs(word).slice(0, -1) : pairs(word));
    });
    var telling = made.filter(function (word) {
      return !SAYS_NOTHING.has(word);
    });
    return Array.from(new Set(telling.length ? telling : made));
  }

  /* --- finding -------------------------------------------------------------------------------- */

  function same(word) {
    return word;
  }

  /* Each passage is an entry of its own; the first of a page has its names. */
  function Finder(pages, synonyms, sections) {
    this.synonyms = synonyms;
    this.accounts = pages.filter(function (page) {
      return page.kind === "account";
    }).length;
    var places = [];
    var entries = [];
    pages.forEach(function (page) {
      if (page.shares) {
        /* the headings of most accounts' pages that the index says once for all */
        page.parts = page.parts.concat(sections.filter(function (section) {
          return !page.parts.some(function (part) {
            return part[0] === section[0];
          });
        }).map(function (section) {
          return [section[0], section[1], ""];
        }));
      }
      var about = page.parts.length && !page.parts[0][1] ? page.parts[0][2] : "";
      places.push({ page: page, part: null });
      entries.push({ id: entries.length, name: page.name, names: page.names, about: about });
      page.parts.slice(about ? 1 : 0).forEach(function (part) {
        places.push({ page: page, part: part });
        entries.push({ id: entries.length, heading: part[1], text: part[2] });
      });
    });
    this.places = places;
    this.index = new window.MiniSearch({ fields: Object.keys(RANKS), tokenize: indexed, processTerm: same });
    this.index.addAll(entries);
  }

  Finder.prototype.ask = function (words, fuzzy) {
    return this.index.search(words.join(" "), {
      tokenize: function () {
        return words;
      },
      processTerm: same,
      boost: BOOST,
      fuzzy: fuzzy,
      prefix: function (word) {
        return word.length > 1 || IS_PAIRED.test(word);
      }
    });
  };

  /* The pages with these words, the best first, and how well they fit: "all", "alike" or "some". */
  Finder.prototype.find = function (text) {
    var words = asked(text);
    if (!words.length) return { pages: [], fit: "all" };
    var found = this.byPage(words, this.ask(words, false));
    var whole = this.withAll(questions(text, this.synonyms));
    if (whole.length < FEW) whole = this.withAll(questions(text, this.synonyms, true));
    if (whole.length) return { pages: mixed(whole, this.accounts), fit: "all" };
    var typed = asked(text, true);
    var alike = this.byPage(typed, this.ask(typed, function (word) {
      return word.length > 4 && !IS_PAIRED.test(word) ? 0.2 : false;
    })).filter(function (page) {
      return page.known === typed.length;
    });
    if (alike.length) return { pages: alike, fit: "alike" };
    return { pages: found.slice(0, SHOWN), fit: "some" };
  };

  /* The pages that have all words of a question, or the accounts that are named by one of them, then
     those of the others, which ask the same in other words; a page named by those is as good as asked for. */
  Finder.prototype.withAll = function (questions) {
    var best = new Map();
    questions.forEach(function (text) {
      var words = asked(text);
      this.byPage(words, this.ask(words, false)).forEach(function (page) {
        var known = best.get(page.page);
        var isFirst = text === questions[0];
        page.isWhole = page.known === words.length;
        page.isNamed = page.isWhole && page.least === RANKS.name;
        if (!(page.isWhole || (isFirst && page.isNamedInPart))) return;
        page.known = 0;
        page.isOwn = isFirst || page.isNamed;
        if (!known || better(known, page) > 0) best.set(page.page, page);
      });
    }, this);
    var pages = Array.from(best.values());
    return pages.some(isWhole) ? pages.sort(better) : [];
  };

  Finder.prototype.byPage = function (words, hits) {
    var self = this;
    var found = new Map();
    hits.forEach(function (hit) {
      var place = self.places[hit.id];
      var page = found.get(place.page);
      if (!page) found.set(place.page, (page = { page: place.page, ranks: {}, parts: [], score: 0 }));
      var aside = isAside(words, place);
      var here = ranksOf(words, hit, aside);
      var headed = ranksOf(words, hit, false);
      page.isHeading = page.isHeading || (aside && words.every(function (word) {
        return headed[word] === RANKS.heading;
      }));
      Object.keys(here).forEach(function (word) {
        page.ranks[word] = Math.max(page.ranks[word] || 0, here[word]);
      });
      var count = Object.keys(here).length;
      page.together = Math.max(page.together || 0, count);
      page.score = Math.max(page.score, hit.score * count);
      if (place.part) page.parts.push({ part: place.part, count: count, score: hit.score, terms: hit.terms });
      else page.terms = hit.terms;
    });
    var pages = Array.from(found.values());
    pages.forEach(function (page) {
      var ranks = Object.values(page.ranks);
      page.known = ranks.length;
      page.least = Math.min.apply(null, ranks);
      page.isNamedInPart = page.page.kind === "account" && ranks.indexOf(RANKS.name) >= 0;
      /* a word that a page has not costs as much as one in its text tells */
      page.points = ranks.reduce(function (sum, rank) {
        return sum + rank;
      }, page.known - words.length) / words.length;
      page.parts.sort(function (one, other) {
        return other.count - one.count || other.score - one.score;
      });
    });
    return pages.sort(better);
  };

  function isWhole(page) {
    return page.isWhole;
  }

  function better(one, other) {
    return other.known - one.known || Boolean(other.isOwn) - Boolean(one.isOwn) ||
      other.points - one.points || other.together - one.together ||
      KINDS[other.page.kind] - KINDS[one.page.kind] || other.score - one.score;
  }

  /* Where half of the accounts have the words, or more than are shown, and none has them in its name,
     somebody asks for a thing: the page that explains it under a heading comes right behind the first. */
  function mixed(pages, accounts) {
    var many = Math.min(accounts / 2, SHOWN);
    var alike = pages.filter(function (page) {
      return page.page.kind === "account" && page.least === pages[0].least && page.isOwn;
    });
    if (alike[0] !== pages[0] || alike.length <= many || pages[0].least === RANKS.name) return pages;
    var explains = pages.filter(function (page) {
      return page.isHeading && page.isOwn;
    })[0];
    return [pages[0]].concat(explains || [], pages.slice(1).filter(function (page) {
      return page !== explains;
    }));
  }

  /* Whether a heading only happens to have the words: of what explains how the plans are made, those
     headings alone count that say nothing else. */
  function isAside(words, place) {
    return place.page.kind === "reference" && place.part && asked(place.part[1]).some(function (own) {
      return !words.some(function (word) {
        return own.lastIndexOf(word, 0) === 0;
      });
    });
  }

  /* Of each word asked for, how much it says where it was found. */
  function ranksOf(words, hit, aside) {
    var ranks = {};
    Object.keys(hit.match).forEach(function (term) {
      var rank = aside ? RANKS.text : Math.max.apply(null, hit.match[term].map(function (field) {
        return RANKS[field];
      }));
      var meant = words.filter(function (word) {
        return term.lastIndexOf(word, 0) === 0;
      });
      (meant.length ? meant : hit.queryTerms).forEach(function (word) {
        ranks[word] = Math.max(ranks[word] || 0, rank);
      });
    });
    return ranks;
  }

  /* --- showing -------------------------------------------------------------------------------- */

  function make(name, classes, text) {
    var element = document.createElement(name);
    if (classes) element.className = classes;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function button(classes, label, path) {
    var made = make("button", classes);
    made.type = "button";
    made.setAttribute("aria-label", label);
    made.title = label;
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path")).setAttribute("d", path);
    made.appendChild(svg);
    return made;
  }

  /* Where in a text the words found stand, as [from, to], in order. */
  function spots(text, terms) {
    var wanted = new Set(terms);
    var found = [];
    eachWord(text, function (word, at) {
      if (!IS_PAIRED.test(word)) {
        if (forms(word).some(wanted.has, wanted)) found.push([at, at + word.length]);
        return;
      }
      var signs = Array.from(word);
      var from = at;
      signs.forEach(function (sign, index) {
        var pair = sign + (signs[index + 1] || "");
        var last = found[found.length - 1];
        if (wanted.has(plain(pair)) || wanted.has(plain(sign))) {
          if (last && last[1] >= from) last[1] = Math.max(last[1], from + pair.length);
          else found.push([from, from + pair.length]);
        }
        from += sign.length;
      });
    });
    return found;
  }

  /* The piece of a text with most of what was found, marked. */
  function excerptInto(element, text, terms) {
    var found = spots(text, terms);
    var best = found.reduce(function (best, spot) {
      var words = new Set(found.filter(function (other) {
        return other[0] >= spot[0] && other[1] <= spot[0] + EXCERPT - 30;
      }).map(function (other) {
        return text.slice(other[0], other[1]).toLowerCase();
      }));
      return words.size > best.count ? { count: words.size, at: spot[0] } : best;
    }, { count: 0, at: 0 });
    var from = Math.max(0, best.at - 30);
    if (from) from = Math.max(text.lastIndexOf(" ", from) + 1, from - 15);
    var to = Math.min(text.length, from + EXCERPT);
    if (to < text.length && text.lastIndexOf(" ", to) > to - 15) to = text.lastIndexOf(" ", to);
    var at = from;
    if (from) element.append("\u2026 ");
    found.forEach(function (spot) {
      if (spot[0] < at || spot[1] > to) return;
      element.append(text.slice(at, spot[0]), make("mark", "", text.slice(spot[0], spot[1])));
      at = spot[1];
    });
    element.append(text.slice(at, to), to < text.length ? " \u2026" : "");
  }

  function Search() {
    this.finder = null;
    this.opener = button("ap-seek-open", SAYS.search, MAGNIFIER);
    this.opener.setAttribute("aria-haspopup", "dialog");
    this.opener.setAttribute("aria-keyshortcuts", "/");
    this.opener.append(make("span", "", SAYS.search), make("kbd", "", "/"));
    this.opener.addEventListener("click", this.open.bind(this));
  }

  Search.prototype.begin = function (header) {
    var self = this;
    header.appendChild(this.opener);
    document.addEventListener("keydown", function (event) {
      var at = event.target;
      var isBox = /^(?:input|select|textarea)$/i.test(at.tagName) || at.isContentEditable;
      /* for a moment after the dialog was closed its own box still has the keys */
      var isTyping = isBox && !(self.dialog && !self.dialog.open && self.dialog.contains(at));
      if (event.key === "/" && !isTyping && !event.altKey && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        self.open();
      }
    });
  };

  Search.prototype.open = function () {
    if (!this.dialog) this.build();
    if (!this.dialog.open) this.dialog.showModal();
    this.input.select();
    this.load();
  };

  Search.prototype.build = function () {
    var dialog = make("dialog", "ap-seek md-typeset");
    dialog.setAttribute("aria-label", SAYS.search);
    var bar = make("div", "ap-seek-bar");
    bar.setAttribute("role", "search");
    var input = make("input", "");
    /* no input for search: there Escape empties it, and does not close the dialog */
    input.type = "text";
    input.setAttribute("role", "searchbox");
    input.setAttribute("aria-label", SAYS.search);
    input.placeholder = SAYS.search;
    input.autocomplete = "off";
    input.spellcheck = false;
    input.setAttribute("enterkeyhint", "search");
    var close = button("ap-seek-close", SAYS.close, "M19 6.41 17.59 5 12 10.59 6.41 5 5 6.41 10.59 12 5 17.59 6.41 19 12 13.41 17.59 19 19 17.59 13.41 12z");
    close.addEventListener("click", dialog.close.bind(dialog));
    bar.append(input, close);
    this.count = make("p", "ap-seek-count", SAYS.begin);
    this.count.setAttribute("role", "status");
    this.list = make("ol", "ap-seek-list");
    this.foot = make("p", "ap-seek-foot");
    dialog.append(bar, this.count, this.list, this.foot);
    document.body.appendChild(dialog);
    this.dialog = dialog;
    this.input = input;
    input.addEventListener("input", this.typed.bind(this));
    dialog.addEventListener("keydown", this.move.bind(this));
    dialog.addEventListener("click", function (event) {
      /* beside the dialog, or a link within this page, which would stay behind it */
      if (event.target === dialog || event.target.closest("a")) dialog.close();
    });
  };

  function script(name) {
    return new Promise(function (resolve, reject) {
      var made = document.createElement("script");
      made.src = new URL("assets/" + name, HOME).href;
      made.onload = resolve;
      made.onerror = reject;
      document.head.appendChild(made);
    });
  }

  Search.prototype.load = function () {
    var self = this;
    if (this.finder || this.loading) return;
    this.loading = Promise.all([script("minisearch.js"), script("search_index.js")]).then(function () {
      self.whole = window.SEARCH_INDEX.whole;
      self.finder = new Finder(window.SEARCH_INDEX.pages, window.SEARCH_INDEX.synonyms, window.SEARCH_INDEX.sections);
      self.draw();
    }).catch(function () {
      self.loading = null;
      self.count.textContent = SAYS.broken;
    });
  };

  Search.prototype.typed = function () {
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(this.draw.bind(this), WAIT);
  };

  Search.prototype.draw = function () {
    var text = this.input.value.trim();
    var found = this.finder && text ? this.finder.find(text) : { pages: [], fit: "all" };
    this.list.replaceChildren.apply(this.list, found.pages.slice(0, SHOWN).map(this.item, this));
    this.foot.replaceChildren();
    this.foot.hidden = true;
    var said = !text ? SAYS.begin : !this.finder ? SAYS.loading : this.sentence(found, text);
    if (this.count.textContent !== said) this.count.textContent = said;
    if (this.finder && text) this.advise(found, text);
    this.dialog.dataset.drawn = text;
  };

  Search.prototype.sentence = function (found, text) {
    var count = found.pages.length;
    if (!count) return SAYS.none.replace("{text}", text);
    if (found.fit !== "all") return SAYS[found.fit];
    if (count > SHOWN) return SAYS.first.replace("{n}", count).replace("{shown}", SHOWN);
    return count === 1 ? SAYS.one : SAYS.many.replace("{n}", count);
  };

  /* What to try where nothing was found, or not all could be looked at. */
  Search.prototype.advise = function (found, text) {
    var self = this;
    var parts = [];
    if (!found.pages.length) parts.push(SAYS.none_hint);
    if (!this.whole) parts.push(SAYS.names_only);
    if (parts.length) this.foot.append(parts.join(" "));
    [["every_word", "search/index.html", !this.whole], ["directory", "accounts/index.html", !found.pages.length]].forEach(function (to) {
      var isThere = window.SEARCH_INDEX.pages.some(function (page) {
        return page.at === to[1];
      });
      if (!to[2] || !isThere) return;
      var link = make("a", "", SAYS[to[0]]);
      link.href = new URL(to[1], HOME).href + "#q=" + encodeURIComponent(text);
      self.foot.append(" ", link);
    });
    this.foot.hidden = !this.foot.childNodes.length;
  };

  /* A page: its name leads to where the words stand; other places of it below. */
  Search.prototype.item = function (found) {
    var page = found.page;
    var href = new URL(page.at, HOME).href;
    var isNamed = found.least === RANKS.name || !found.parts.length;
    var best = isNamed ? null : found.parts[0];
    var item = make("li", page.kind === "account" ? "ap-seek-account" : "");
    var link = make("a", "ap-seek-hit");
    link.href = best && best.part[0] ? href + "#" + best.part[0] : href;
    if (best) keepFor(link, best.terms);
    var name = make("span", "ap-seek-name");
    excerptInto(name, page.name, found.terms || []);
    link.appendChild(name);
    if (best && best.part[1]) {
      var heading = make("span", "ap-seek-heading");
      excerptInto(heading, best.part[1], best.terms);
      link.appendChild(heading);
    }
    var text = best ? best.part[2] : page.parts.length ? page.parts[0][2] : "";
    if (text) {
      var excerpt = make("span", "ap-seek-text");
      excerptInto(excerpt, text, best ? best.terms : found.terms || []);
      link.appendChild(excerpt);
    }
    item.appendChild(link);
    var more = found.parts.filter(function (one) {
      return one !== best && one.part[0] && one.part[1] && one.count === found.parts[0].count;
    }).slice(0, ALSO);
    if (more.length && !isNamed) {
      var also = make("p", "ap-seek-also", SAYS.also + " ");
      more.forEach(function (one) {
        var place = make("a", "", one.part[1]);
        place.href = href + "#" + one.part[0];
        keepFor(place, one.terms);
        also.append(place, " ");
      });
      item.appendChild(also);
    }
    return item;
  };

  /* From the box through what was found and back; what is typed meanwhile goes into the box. */
  Search.prototype.move = function (event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    var links = Array.from(this.list.querySelectorAll("a"));
    var at = links.indexOf(document.activeElement);
    var isBox = document.activeElement === this.input;
    var target = { ArrowDown: links[at + 1], ArrowUp: at > 0 ? links[at - 1] : this.input }[event.key];
    if (isBox && event.key === "Enter" && links.length) {
      event.preventDefault();
      if (this.dialog.dataset.drawn !== this.input.value.trim()) this.draw();
      links = this.list.querySelectorAll("a");
      if (links.length) links[0].click();
    } else if (target && target !== document.activeElement) {
      event.preventDefault();
      target.focus();
    } else if (!isBox && event.key.length === 1 && event.key !== " ") {
      this.input.focus();
    }
  };

  /* --- where it leads ------------------------------------------------------------------------- */

  /* The page that a link leads to shall know what was looked for. */
  function keepFor(link, terms) {
    link.addEventListener("click", function () {
      try {
        window.sessionStorage.setItem("search", JSON.stringify({ at: link.href, terms: terms }));
      } catch (error) {
        /* a browser that keeps nothing marks nothing */
      }
    });
  }

  function kept() {
    try {
      var found = JSON.parse(window.sessionStorage.getItem("search"));
      window.sessionStorage.removeItem("search");
      return found && found.at === window.location.href ? found.terms : null;
    } catch (error) {
      return null;
    }
  }

  /* Marks what was looked for from the heading on that the address names, and unfolds the first. */
  function land() {
    var terms = kept();
    var article = document.querySelector("article");
    if (!terms || !article) return;
    var start = document.getElementById(window.location.hash.slice(1)) || article;
    var isHeading = /^H[1-6]$/.test(start.tagName);
    var walker = document.createTreeWalker(isHeading ? article : start, NodeFilter.SHOW_TEXT);
    walker.currentNode = start;
    var ranges = [];
    var best = { count: 0 };
    var node;
    while ((node = walker.nextNode())) {
      var inside = node.parentElement;
      if (isHeading && inside.closest("h2") && !start.contains(inside)) break;
      var fold = inside.closest("details:not([open])");
      if (inside.closest("svg, script, style") || !(fold || inside.checkVisibility())) continue;
      var found = spots(node.data, terms).map(function (spot) {
        var range = document.createRange();
        range.setStart(node, spot[0]);
        range.setEnd(node, spot[1]);
        return range;
      });
      ranges = ranges.concat(found);
      if (found.length > best.count && !(isHeading && start.contains(inside))) best = { count: found.length, inside: inside };
    }
    if (window.Highlight && CSS.highlights) {
      CSS.highlights.set("searched", new window.Highlight(...ranges));
    }
    if (best.inside) show(best.inside);
  }

  function show(element) {
    var fold = element.closest("details:not([open])");
    while (fold) {
      fold.open = true;
      fold = element.closest("details:not([open])");
    }
    var place = element.getBoundingClientRect();
    if (place.bottom > window.innerHeight || place.top < 0) element.scrollIntoView({ block: "center" });
  }

  window.addEventListener("hashchange", land);
  window.addEventListener("load", land);
  var header = document.querySelector(".md-header__inner");
  if (HOME && header && window.HTMLDialogElement) new Search().begin(header);
})();
