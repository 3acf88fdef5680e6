/* What the pages that choose among accounts share: chips that narrow and count, the address that
   keeps what was chosen, numbers in words. Named so that it stands before the scripts that use it. */
var AccountChoices = (function () {
  "use strict";

  var FOLDED = 9;
  /* How the address names what an account lacks. */
  var NONE = "not-known";
  /* Facets in the order of their words; all others begin with what most accounts have. */
  var RANKED = { tier: 1, verdict: 1, health_word: 1, attention: 1, status: 1, rung: 1, renewal: 1, plan: 1 };
  var LANGUAGE = document.documentElement.lang || "en";
  var collator = new Intl.Collator([LANGUAGE, "zh"], { numeric: true, sensitivity: "base" });

  function grouped(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
  }

  /* A text of the page with its places filled. */
  function filled(text, values) {
    return text.replace(/\{(\w+)\}/g, function (place, name) {
      return values[name];
    });
  }

  function valueOf(account, key) {
    var value = account[key];
    return value === null || value === undefined ? NONE : value;
  }

  /* Runs once the page is there, and again when the theme puts another in its place. */
  function whenShown(start) {
    if (window.document$ && window.document$.subscribe) {
      window.document$.subscribe(start);
    } else if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", start);
    } else {
      start();
    }
  }

  /* The chips of a page. `says` has the page's texts: unknown, and more with the place {count};
     `changed` is called when a reader has chosen. */
  function Choices(root, words, says, changed) {
    this.words = words;
    this.says = says;
    this.changed = changed;
    this.chosen = {};
    this.active = root.querySelector("[data-active]");
    this.facets = Array.prototype.map.call(root.querySelectorAll("[data-facet]"), function (element) {
      return { key: element.dataset.facet, chips: element.querySelector(".ap-dir-chips"), buttons: {} };
    });
    this.others = root.querySelector("[data-others]");
    var filters = root.querySelector("[data-filters]");
    if (window.matchMedia("(max-width: 59.9375em)").matches) filters.open = false;
  }

  Choices.prototype.word = function (key, id) {
    return id === NONE ? this.says.unknown : (this.words[key] && this.words[key][id]) || id;
  };

  /* How many chips are pressed. */
  Choices.prototype.count = function () {
    var chosen = this.chosen;
    return Object.keys(chosen).reduce(function (sum, key) {
      return sum + chosen[key].length;
    }, 0);
  };

  /* Whether an account has what was chosen, in all facets but one. */
  Choices.prototype.fits = function (account, but) {
    for (var key in this.chosen) {
      var ids = this.chosen[key];
      if (key !== but && ids.length && ids.indexOf(valueOf(account, key)) < 0) return false;
    }
    return true;
  };

  Choices.prototype.toggle = function (key, id) {
    var ids = this.chosen[key] || [];
    var at = ids.indexOf(id);
    this.chosen[key] = at < 0 ? ids.concat(id) : ids.slice(0, at).concat(ids.slice(at + 1));
    this.changed();
  };

  /* --- chips ---------------------------------------------------------------------------------- */

  Choices.prototype.build = function (accounts) {
    var self = this;
    this.facets.forEach(function (facet) {
      var counts = self.counts(facet, accounts);
      var known = Object.keys(self.words[facet.key] || {});
      var ids = Object.keys(counts).sort(function (a, b) {
        if (a === NONE || b === NONE) return a === NONE ? 1 : -1;
        return RANKED[facet.key]
          ? known.indexOf(a) - known.indexOf(b)
          : counts[b] - counts[a] || collator.compare(self.word(facet.key, a), self.word(facet.key, b));
      });
      ids.forEach(function (id, index) {
        var button = self.chip(facet, id);
        button.hidden = index >= FOLDED;
        facet.chips.appendChild(button);
      });
      if (ids.length > FOLDED) self.unfolder(facet, ids.length - FOLDED);
      facet.chips.parentNode.hidden = ids.length < 2;
    });
  };

  Choices.prototype.counts = function (facet, accounts) {
    var counts = {};
    accounts.forEach(function (account) {
      var id = valueOf(account, facet.key);
      counts[id] = (counts[id] || 0) + 1;
    });
    return counts;
  };

  Choices.prototype.chip = function (facet, id) {
    var button = document.createElement("button");
    var count = document.createElement("span");
    button.type = "button";
    button.className = "ap-dir-chip";
    button.textContent = this.word(facet.key, id) + " ";
    button.appendChild(count);
    button.addEventListener("click", this.toggle.bind(this, facet.key, id));
    facet.buttons[id] = { button: button, count: count };
    return button;
  };

  /* The keyboard goes on with the first chip that was folded away. */
  Choices.prototype.unfolder = function (facet, more) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "ap-dir-more";
    button.textContent = filled(this.says.more, { count: more });
    button.addEventListener("click", function () {
      var folded = facet.chips.querySelector(".ap-dir-chip[hidden]");
      Object.keys(facet.buttons).forEach(function (id) {
        facet.buttons[id].button.hidden = false;
      });
      button.remove();
      if (folded) folded.focus();
    });
    facet.chips.appendChild(button);
  };

  /* Beside each chip stands what one would get by choosing it as well. */
  Choices.prototype.draw = function (accounts) {
    var self = this;
    this.facets.forEach(function (facet) {
      var within = accounts.filter(function (account) {
        return self.fits(account, facet.key);
      });
      var counts = self.counts(facet, within);
      var chosen = self.chosen[facet.key] || [];
      Object.keys(facet.buttons).forEach(function (id) {
        var chip = facet.buttons[id];
        var isPressed = chosen.indexOf(id) >= 0;
        var text = grouped(counts[id] || 0);
        if (chip.count.textContent !== text) chip.count.textContent = text;
        chip.button.setAttribute("aria-pressed", String(isPressed));
        chip.button.classList.toggle("ap-dir-empty", !counts[id] && !isPressed);
        if (isPressed) chip.button.hidden = false;
      });
    });
    var count = this.count();
    this.active.textContent = count ? "(" + count + ")" : "";
  };

  /* --- the address ---------------------------------------------------------------------------- */

  /* What the address says, behind "#" and not "?", where the theme's search would read it; the
     chips are pressed by it. */
  Choices.prototype.read = function () {
    var given = new URLSearchParams(window.location.hash.slice(1));
    var chosen = {};
    this.facets.forEach(function (facet) {
      var ids = (given.get(facet.key) || "").split(",").filter(function (id) {
        return Object.prototype.hasOwnProperty.call(facet.buttons, id);
      });
      if (ids.length) chosen[facet.key] = ids;
    });
    this.chosen = chosen;
    /* What is chosen is shown */
    if (this.others && this.others.querySelector('[aria-pressed="true"]')) this.others.open = true;
    return given;
  };

  Choices.prototype.write = function (query, more) {
    var chosen = this.chosen;
    var parts = query ? ["q=" + encodeURIComponent(query)] : [];
    Object.keys(chosen).forEach(function (key) {
      if (chosen[key].length) parts.push(key + "=" + chosen[key].map(encodeURIComponent).join(","));
    });
    parts = parts.concat(more || []);
    var place = window.location.pathname + window.location.search;
    window.history.replaceState(null, "", parts.length ? "#" + parts.join("&") : place);
  };

  return {
    Choices: Choices,
    collator: collator,
    filled: filled,
    grouped: grouped,
    language: LANGUAGE,
    none: NONE,
    ranked: RANKED,
    valueOf: valueOf,
    whenShown: whenShown,
  };
})();
