"use strict";
// Text only ever enters the page as text: no markup is built from strings, and the policy forbids it.
(() => {
  const MOST_CLAIMS = 20;
  const MOST_OPENED = 200;
  const ORDER = ["contradiction", "worth a look", "undecided", "agreement"];
  const TONES = {contradiction: "against", "worth a look": "doubt", undecided: "doubt", agreement: "agreed"};
  const root = document.documentElement;
  const panel = document.getElementById("panel");
  const byId = (id) => document.getElementById(id);
  const once = (make) => {
    let made;
    return () => (made ??= make());
  };

  // -------------------------------------------------------------- the report's data
  const report = once(() => {
    const data = JSON.parse(byId("data").textContent);
    const names = ["document", "start", "end", "from", "to", "kind", "standing", "words", "manner", "silent"];
    const claims = data.claims.map((record) => Object.fromEntries(names.map((name, i) => [name, record[i]])));
    const told = data.documents.map(() => []);
    for (const claim of claims) {
      claim.partners = [];
      told[claim.document].push(claim);
    }
    for (const [left, right, relation, reason] of data.pairs) {
      claims[left].partners.push({claim: claims[right], relation, reason});
      claims[right].partners.push({claim: claims[left], relation, reason});
    }
    return {...data, told};
  });

  const segments = new Map();
  function segmentsOf(number) {
    if (!segments.has(number)) {
      const marks = [...byId(`d${number}`).querySelectorAll(".text .mark")];
      segments.set(number, marks.map((node) => ({node, start: Number(node.id.split("-")[1])})));
    }
    return segments.get(number);
  }

  // The segments of a claim's quote: the first is found by halving, the rest follow it.
  function quoteOf(claim) {
    const all = segmentsOf(claim.document);
    let low = 0;
    for (let high = all.length; low < high;) {
      const middle = (low + high) >> 1;
      if (all[middle].start < claim.start) low = middle + 1;
      else high = middle;
    }
    const found = [];
    for (; low < all.length && all[low].start < claim.end; low++) found.push(all[low]);
    return found;
  }

  const targetOf = (claim) => `c${claim.document}-${claim.from}`;

  // -------------------------------------------------------------- the panel
  function element(name, className, ...children) {
    const node = document.createElement(name);
    if (className) node.className = className;
    node.append(...children);
    return node;
  }

  function quoteNode(claim) {
    const quote = element("blockquote", "", "“");
    const figure = claim.words !== "";
    quoteOf(claim).forEach(({node, start}, index, all) => {
      const after = index && all[index - 1].node.nextSibling !== node ? " " : "";
      const inside = figure && start >= claim.from && start < claim.to;
      quote.append(after, inside ? element("b", "", node.textContent) : node.textContent);
    });
    quote.append("”");
    return quote;
  }

  function sourceNode(claim) {
    const [letter, publisher, path] = report().documents[claim.document];
    const link = element("a", "ref", letter);
    link.href = `#${targetOf(claim)}`;
    return element("span", "", link, ` ${publisher || path}`);
  }

  function partnerNode({claim, relation, reason}) {
    return element(
      "li", `partner ${TONES[relation]}`,
      element("p", "", element("em", "", relation), " · ", sourceNode(claim)),
      quoteNode(claim),
      element("p", "reason", reason),
    );
  }

  function claimNode(claim) {
    const {kinds, standings} = report();
    const facts = [kinds[claim.kind], standings[claim.standing], claim.manner].filter(Boolean).join(" · ");
    const place = ({claim: partner, relation}) => ORDER.indexOf(relation) * 1e6 + partner.document;
    const partners = [...claim.partners].sort((a, b) => place(a) - place(b));
    const node = element("div", "claim");
    if (claim.words) node.append(element("h3", "", claim.words));
    node.append(quoteNode(claim), element("p", "", facts));
    if (claim.silent) node.append(element("p", "", `not in ${claim.silent}`));
    node.append(element("ul", "", ...partners.map(partnerNode)));
    return node;
  }

  function claimsAt(mark) {
    const [number, offset] = mark.id.slice(1).split("-").map(Number);
    // A statement has no value within its quote that someone could mean to choose.
    const inValue = (claim) => claim.words !== "" && claim.from <= offset && offset < claim.to;
    return report().told[number]
      .filter((claim) => claim.start <= offset && offset < claim.end)
      .sort((a, b) => inValue(b) - inValue(a) || a.standing - b.standing || a.end - a.start - (b.end - b.start));
  }

  let current = null;
  // Making room for the panel reflows the page; the eye must not lose the place.
  function keepingPlace(mark, change) {
    const before = mark.getBoundingClientRect().top;
    change();
    scrollBy({top: mark.getBoundingClientRect().top - before, behavior: "instant"});
  }

  function show(mark) {
    const claims = claimsAt(mark);
    if (!claims.length) return;
    const close = element("button", "", "Close");
    close.type = "button";
    close.addEventListener("click", hide);
    const source = element("h2", "", sourceNode(claims[0]));
    panel.replaceChildren(element("div", "bar", source, close), ...claims.slice(0, MOST_CLAIMS).map(claimNode));
    if (claims.length > MOST_CLAIMS) panel.append(element("p", "", `and ${claims.length - MOST_CLAIMS} more`));
    current?.classList.remove("current");
    current = mark;
    mark.classList.add("current");
    panel.hidden = false;
    panel.scrollTop = 0;
    keepingPlace(mark, () => root.classList.add("with-panel"));
    // On a phone the panel rises from below, over what was chosen if that stood low.
    const [place, cover] = [mark.getBoundingClientRect(), panel.getBoundingClientRect()];
    const covered = place.bottom + place.height - cover.top;
    if (cover.left === 0 && covered > 0) scrollBy({top: covered, behavior: "instant"});
  }

  function hide() {
    if (panel.hidden) return;
    panel.hidden = true;
    current.classList.remove("current");
    keepingPlace(current, () => root.classList.remove("with-panel"));
    focusOn(current);
  }

  function focusOn(mark) {
    if (!mark) return;
    if (mark.hasAttribute("role")) {
      for (const other of mark.closest(".text").querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
      mark.tabIndex = 0;
    } else {
      mark.tabIndex = -1;
    }
    mark.focus({preventScroll: true});
  }

  function choose(mark) {
    focusOn(mark);
    show(mark);
    panel.focus();
  }

  // -------------------------------------------------------------- going to a place
  function go(id) {
    const target = byId(id);
    if (!target) return;
    for (let node = target; node; node = node.parentElement) {
      if (node.localName === "details") node.open = true;
      node.hidden = false;
    }
    const isMark = target.matches(".text .mark");
    const scroll = () => target.scrollIntoView({block: isMark ? "center" : "start"});
    if (isMark) {
      show(target);
      focusOn(target);
    }
    scroll();
    // What was not laid out until now may have moved it.
    requestAnimationFrame(scroll);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const mark = event.target.closest(".text .mark:not(.off)");
    if (link && location.hash === link.hash) go(link.hash.slice(1));
    else if (mark && getSelection().isCollapsed) choose(mark);
  });
  addEventListener("hashchange", () => go(location.hash.slice(1)));

  const STEPS = {ArrowRight: (at) => at + 1, ArrowLeft: (at) => at - 1, Home: () => 0, End: (_, all) => all.length - 1};
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return hide();
    const mark = event.target.closest?.(".text .mark");
    if (!mark || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(mark);
    } else if (event.key in STEPS) {
      const all = [...mark.closest(".text").querySelectorAll(".mark[role]:not(.off)")];
      const next = all[STEPS[event.key](all.indexOf(mark), all)];
      if (!next) return;
      event.preventDefault();
      focusOn(next);
      next.scrollIntoView({block: "nearest"});
    }
  });

  // -------------------------------------------------------------- filters
  const fields = {v: byId("filter-v"), k: byId("filter-k"), s: byId("filter-s"), d: byId("filter-d")};
  const search = byId("filter-text");
  const entries = once(() => [...document.querySelectorAll("[data-v]")].map((node) => ({
    node,
    v: [node.dataset.v], k: node.dataset.k.split(" "), s: node.dataset.s.split(" "), d: node.dataset.d.split(" "),
    text: once(() => node.textContent.toLowerCase()),
    holders: [node.closest(".group"), node.closest("section")].filter(Boolean),
  })));
  const articles = once(() => [...document.querySelectorAll(".article")].map((node, number) => ({
    node, number, story: node.dataset.s, text: once(() => node.textContent.toLowerCase()), painted: "",
  })));
  const holders = once(() => new Map([...new Set(entries().flatMap((entry) => entry.holders))].map((node) => [node, {
    count: node.querySelector(".count"), all: node.querySelector(".count")?.textContent, wasOpen: node.open,
  }])));

  function asked() {
    const chosen = Object.entries(fields).map(([name, field]) => [name, field.value]).filter(([, value]) => value);
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    return {chosen, words, any: chosen.length + words.length > 0};
  }

  function filter() {
    const {chosen, words, any} = asked();
    if (any) root.classList.add("filtered");
    else root.classList.remove("filtered");
    const shown = new Map([...holders().keys()].map((node) => [node, 0]));
    let total = 0;
    for (const entry of entries()) {
      const fits = chosen.every(([name, value]) => entry[name].includes(value))
        && words.every((word) => entry.text().includes(word));
      if (entry.node.hidden === fits) entry.node.hidden = !fits;
      if (!fits) continue;
      total++;
      for (const holder of entry.holders) shown.set(holder, shown.get(holder) + 1);
    }
    for (const [node, {count, all, wasOpen}] of holders()) {
      const number = shown.get(node);
      if (count) count.textContent = any ? `${number} of ${all}` : all;
      if (node.localName !== "details") continue;
      node.hidden = number === 0;
      node.open = any ? wasOpen || total <= MOST_OPENED : wasOpen;
    }
    filterArticles(chosen, words);
    byId("filter-state").textContent = any ? `${total} of ${entries().length} entries shown` : "";
  }

  function fitsClaim(chosen) {
    const asks = Object.fromEntries(chosen);
    return (claim) => (!asks.v || claim.standing === Number(asks.v)) && (!asks.k || claim.kind === Number(asks.k));
  }

  function filterArticles(chosen, words) {
    const asks = Object.fromEntries(chosen);
    const fits = fitsClaim(chosen);
    let count = 0;
    for (const article of articles()) {
      const {node, number, story, text} = article;
      const here = (!asks.s || asks.s === story) && (!asks.d || asks.d === String(number))
        && (!(asks.v || asks.k) || report().told[number].some(fits)) && words.every((word) => text().includes(word));
      node.hidden = !here;
      count += here;
      if (here && node.open) paint(article);
    }
    const all = articles().length;
    document.querySelector("#articles .count").textContent = count < all ? `${count} of ${all}` : all;
  }

  // Marks only what the filter lets through: one walk over the segments that counts the claims it is in.
  function paint(article) {
    const {chosen} = asked();
    const claimWise = chosen.filter(([name]) => name === "v" || name === "k");
    const wanted = claimWise.join(" ");
    if (article.painted === wanted) return;
    article.painted = wanted;
    const steps = new Map();
    const step = (at, change) => steps.set(at, (steps.get(at) ?? 0) + change);
    for (const claim of report().told[article.number].filter(fitsClaim(claimWise))) {
      step(claim.start, 1);
      step(claim.end, -1);
    }
    const edges = [...steps.keys()].sort((a, b) => a - b);
    let inside = 0;
    let next = 0;
    for (const {node, start} of segmentsOf(article.number)) {
      while (next < edges.length && edges[next] <= start) inside += steps.get(edges[next++]);
      node.classList.toggle("off", inside === 0);
    }
  }

  let waiting = 0;
  function filterSoon() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(filter);
  }
  search.addEventListener("input", filterSoon);
  for (const field of Object.values(fields)) field.addEventListener("change", filterSoon);
  byId("filter-clear").addEventListener("click", () => {
    search.value = "";
    for (const field of Object.values(fields)) field.value = "";
    filter();
  });
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.(".article[open]") || !root.classList.contains("filtered")) return;
    paint(articles().find((article) => article.node === event.target));
  }, true);

  // -------------------------------------------------------------- printing shows what is folded away
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const node of folded) node.open = true;
  });
  addEventListener("afterprint", () => {
    for (const node of folded) node.open = false;
  });

  document.querySelector(".filters").hidden = false;
  if (location.hash) go(location.hash.slice(1));
})();
