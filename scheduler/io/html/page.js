(function () {
  "use strict";
  var root = document.documentElement, body = document.body;
  var data = JSON.parse(document.getElementById("data").textContent);
  var words = data.words, languages = data.languages;
  var DAY = 0, POST = 1, TYPE = 2, START = 3, END = 4, LEAST = 5, HEADS = 6, CREW = 7;
  var SHOWN = 30, SOON = 24 * 60, ROWS = 16, TURN = 15;

  root.className += " js";

  function at(id) { return document.getElementById(id); }
  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function language() {
    var chosen = document.querySelector(".language:checked");
    return chosen ? chosen.id : languages[0];
  }
  function said(pair, values) { return filled(pair[language() === "en" ? 1 : 0], values); }
  function filled(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, name) {
      var value = (values || {})[name];
      return value === undefined ? all : String(value);
    });
  }

  // An element with a class and what stands in it: elements, strings, or pairs [zh, en] said in both languages.
  function make(tag, name, parts) {
    var element = document.createElement(tag);
    if (name) { element.className = name; }
    (parts || []).forEach(function (part) { put(element, part); });
    return element;
  }
  function put(element, part) {
    if (part === null || part === undefined) { return; }
    if (typeof part === "string") { element.appendChild(document.createTextNode(part)); return; }
    if (!Array.isArray(part)) { element.appendChild(part); return; }
    if (languages.length === 1) { put(element, part[languages[0] === "en" ? 1 : 0]); return; }
    if (part[0] === part[1]) { put(element, part[0]); return; }
    languages.forEach(function (code) {
      var span = make("span", "", [part[code === "en" ? 1 : 0]]);
      span.lang = code;
      element.appendChild(span);
    });
  }
  function word(key, values) { return words[key].map(function (text) { return filled(text, values); }); }
  function fill(element, parts) {
    while (element.firstChild) { element.removeChild(element.firstChild); }
    parts.forEach(function (part) { put(element, part); });
  }

  // -- time ---------------------------------------------------------------------------------------------------

  var WEEKDAYS = [["周日", "Sun"], ["周一", "Mon"], ["周二", "Tue"], ["周三", "Wed"], ["周四", "Thu"], ["周五", "Fri"], ["周六", "Sat"]];
  var MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  function minute() { return Date.now() / 60000 - data.base; }
  function dateOf(day) {
    var parts = data.days[day][0].split("-").map(Number);
    return worded(parts[0], parts[1], parts[2]);
  }
  function worded(year, month, day) {
    var weekday = WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
    return [month + "月" + day + "日 " + weekday[0], weekday[1] + " " + day + " " + MONTHS[month - 1]];
  }
  function today() {
    var now = minute(), found = -1;
    data.days.forEach(function (day, n) { if (day[2] <= now) { found = n; } });
    return found === data.days.length - 1 && now >= data.days[found][2] + SOON ? -1 : found;
  }
  // The wall time in the plan's zone; old browsers without time zones show their own.
  function clock() {
    var now = new Date(), digits;
    var parts = { month: "numeric", day: "numeric", year: "numeric", hour: "2-digit", minute: "2-digit", hour12: false };
    try {
      parts.timeZone = data.zone;
      digits = now.toLocaleString("en-US", parts).match(/\d+/g).map(Number);
    } catch (error) {
      digits = [now.getMonth() + 1, now.getDate(), now.getFullYear(), now.getHours(), now.getMinutes()];
    }
    var day = worded(digits[2], digits[0], digits[1]);
    var time = " " + two(digits[3] % 24) + ":" + two(digits[4]);
    return [day[0] + time, day[1] + time];
  }
  function two(number) { return (number < 10 ? "0" : "") + number; }
  function hours(duty) { return data.types[duty[TYPE]][2]; }
  function typed(duty) { var type = data.types[duty[TYPE]]; return [type[0], type[1]]; }
  function post(number) { return [data.posts[number][1], data.posts[number][2]]; }

  // -- people -------------------------------------------------------------------------------------------------

  function name(person) {
    var one = data.people[person], of = one[2] === null ? "n" : data.bodies[one[2]][4];
    return make("b", "c" + of, [[one[0], one[1]]]);
  }
  function crew(duty) {
    var parts = [];
    duty.slice(CREW).forEach(function (person) { parts.push(name(person), " "); });
    if (!parts.length && duty[HEADS]) { parts.push(word("heads", { count: duty[HEADS] })); }
    var missing = duty[LEAST] - duty[HEADS];
    if (missing > 0) { parts.push(make("em", "", [word("missing", { count: missing })])); }
    if (!parts.length) { parts.push(make("s", "", [word("nobody")])); }
    return parts;
  }
  function dutiesOf(people) {
    return data.duties.filter(function (duty) {
      return duty.slice(CREW).some(function (person) { return people[person]; });
    });
  }

  // -- on duty now --------------------------------------------------------------------------------------------

  function onDuty() {
    var now = minute(), rows = {}, order = [];
    data.duties.forEach(function (duty) {
      if (duty[END] <= now || duty[START] > now + SOON) { return; }
      var row = rows[duty[POST]];
      if (!row) { row = rows[duty[POST]] = { post: duty[POST], now: [], next: [] }; order.push(duty[POST]); }
      if (duty[START] <= now) { row.now.push(duty); }
      else if (!row.next.length || duty[START] === row.next[0][START]) { row.next.push(duty); }
    });
    order.sort(function (a, b) { return a - b; });
    return order.map(function (number) { return rows[number]; });
  }
  function outside() {
    var last = data.days.length - 1;
    if (minute() < data.days[0][2]) { return whenText("before", dateOf(0)); }
    return whenText("after", dateOf(last));
  }
  function whenText(key, when) { return words[key].map(function (text, n) { return filled(text, { when: when[n] }); }); }
  function starts(duty) {
    var day = duty[DAY] === today() ? null : dateOf(duty[DAY]);
    var when = typed(duty).map(function (type, n) { return (day ? day[n] + " " : "") + type + " " + hours(duty); });
    return when;
  }
  function showNow() {
    fill(at("clock"), [clock()]);
    var rows = onDuty();
    var cards = rows.map(function (row) {
      var card = make("div", "card", [make("h3", "", [post(row.post)])]);
      row.now.forEach(function (duty) { card.appendChild(line("now", "now", duty)); });
      if (!row.now.length) { card.appendChild(make("p", "next", [word("rest")])); }
      row.next.forEach(function (duty) { card.appendChild(line("next", "next", duty)); });
      return card;
    });
    var note = minute() < data.days[0][2] || !rows.length ? make("p", "note", [outside()]) : null;
    fill(at("on-duty"), [note, make("div", "cards", cards)]);
  }
  function line(kind, key, duty) {
    var lack = duty[LEAST] > duty[HEADS] ? " lack" : "";
    return make("div", kind + lack, [make("strong", "", [word(key)]), starts(duty), make("div", "", crew(duty))]);
  }

  // -- the wall -----------------------------------------------------------------------------------------------

  function showWall() {
    var all = onDuty(), pages = Math.max(1, Math.ceil(all.length / ROWS));
    var page = Math.floor(Date.now() / 1000 / TURN) % pages, share = Math.ceil(all.length / pages);
    var rows = all.slice(page * share, (page + 1) * share), title = document.querySelector("h1").cloneNode(true);
    var table = make("table", "", [make("thead", "", [make("tr", "", ["post", "now", "next"].map(function (key) {
      var head = make("th", "", [word(key)]);
      head.scope = "col";
      return head;
    }))])]);
    var shifts = make("tbody");
    rows.forEach(function (row) {
      var head = make("th", "", [post(row.post)]);
      head.scope = "row";
      shifts.appendChild(make("tr", "", [head, make("td", "on", wallCell(row.now)), make("td", "then", wallCell(row.next))]));
    });
    table.appendChild(shifts);
    var leave = make("a", "", [word("leave")]);
    leave.href = "#now";
    var foot = make("div", "foot", [make("span", "", [document.querySelector("footer").textContent ? footer() : ""]), leave]);
    var shown = rows.length ? table : make("p", "", [outside()]);
    var place = at("wall"), number = pages > 1 ? " " + (page + 1) + "/" + pages : "";
    foot.firstChild.appendChild(document.createTextNode(number));
    place.classList.toggle("roomy", rows.length <= 7);
    fill(place, [make("header", "", [title, make("span", "time", [clock()])]), shown, foot]);
    table.style.fontSize = "72px";
    for (var size = 72; size > 17 && place.scrollHeight > window.innerHeight; size -= 2) { table.style.fontSize = size - 2 + "px"; }
  }
  function footer() {
    var copy = document.createElement("span");
    each(document.querySelector("footer").childNodes, function (node) { copy.appendChild(node.cloneNode(true)); });
    return copy;
  }
  function wallCell(duties) {
    if (!duties.length) { return [make("s", "", [word("rest")])]; }
    var parts = [];
    duties.forEach(function (duty) {
      parts.push(make("small", "", [starts(duty)]));
      parts = parts.concat(crew(duty));
    });
    return parts;
  }

  // -- by post, by organisation, by name ----------------------------------------------------------------------

  function heads(parts) {
    return make("thead", "", [make("tr", "", parts.map(function (some) {
      var cell = make("th", "", some);
      cell.scope = "col";
      return cell;
    }))]);
  }
  // Days down, shift types across: what one post looks like.
  function grid(duties) {
    var types = [], days = [], cells = {};
    duties.forEach(function (duty) {
      if (types.indexOf(duty[TYPE]) < 0) { types.push(duty[TYPE]); }
      if (days.indexOf(duty[DAY]) < 0) { days.push(duty[DAY]); }
      cells[duty[DAY] + " " + duty[TYPE]] = duty;
    });
    types.sort(function (a, b) { return a - b; });
    var head = heads([[word("day")]].concat(types.map(function (type) {
      var one = data.types[type];
      return [[one[0], one[1]], make("small", "", [" " + one[2]])];
    })));
    var rows = days.map(function (day) {
      var first = make("th", data.days[day][1], [dateOf(day)].concat(marked(day)));
      first.scope = "row";
      return make("tr", "", [first].concat(types.map(function (type) {
        var duty = cells[day + " " + type];
        if (!duty) { return make("td", "no"); }
        var parts = [make("u", "", [typed(duty), " " + hours(duty)])].concat(crew(duty));
        return make("td", duty[LEAST] > duty[HEADS] ? "gap" : "", parts);
      })));
    });
    return make("table", "grid", [head, make("tbody", "", rows)]);
  }
  function marked(day) {
    var key = data.days[day][1];
    return words[key] ? [" ", make("i", "", [word(key)])] : [];
  }
  function list(found) {
    var head = heads(["day", "post", "shift", "who"].map(function (key) { return [word(key)]; }));
    var rows = found.map(function (one) {
      var duty = one.duty;
      return make("tr", "", [
        make("td", "", [dateOf(duty[DAY])].concat(marked(duty[DAY]))),
        make("td", "", [post(duty[POST])]),
        make("td", "", [typed(duty), " " + hours(duty)]),
        make("td", "", one.people)
      ]);
    });
    return make("table", "list", [head, make("tbody", "", rows)]);
  }
  function showPost() {
    var number = Number(at("post").value), one = data.posts[number];
    var duties = data.duties.filter(function (duty) { return duty[POST] === number; });
    var about = make("div", "card", [make("p", "", [[one[3], one[4]]])]);
    if (one[5]) { about.appendChild(make("p", "", [word("tasks"), ": ", [one[5], one[6]]])); }
    if (one[7]) { about.appendChild(make("p", "", [word("leader"), ": ", [one[7], one[8]]])); }
    fill(at("at-post"), [about, grid(duties)]);
  }
  function belongs(body, to) {
    while (body !== null) {
      if (body === to) { return true; }
      body = data.bodies[body][3];
    }
    return false;
  }
  function showOrganisation() {
    var to = Number(at("organisation").value), mine = {}, found = [];
    data.people.forEach(function (one, n) { if (belongs(one[2], to)) { mine[n] = true; } });
    dutiesOf(mine).forEach(function (duty) {
      var people = [];
      duty.slice(CREW).forEach(function (person) { if (mine[person]) { people.push(name(person), " "); } });
      found.push({ duty: duty, people: people });
    });
    fill(at("of-organisation"), [make("p", "small", [word("duties", { count: found.length })]), list(found)]);
  }

  function plain(text) {
    var folded = String(text).toLowerCase();
    return (folded.normalize ? folded.normalize("NFKC") : folded).replace(/\s+/g, "");
  }
  function matches(one, query) {
    return [one[0], one[1]].some(function (label) {
      var own = plain(label);
      if (own.indexOf(query) >= 0) { return true; }
      var family = own.replace(/\*+$/, "");
      return data.masked && family !== own && family.length > 0 && query.indexOf(family) === 0;
    });
  }
  function card(person) {
    var one = data.people[person], only = {}, now = minute();
    only[person] = true;
    var duties = dutiesOf(only);
    var of = one[2] === null ? null : make("p", "small", [[data.bodies[one[2]][1], data.bodies[one[2]][2]], one[3] ? " " + one[3] : ""]);
    var coming = duties.filter(function (duty) { return duty[END] > now; });
    var past = duties.filter(function (duty) { return duty[END] <= now; });
    var shown = [make("h3", "", [name(person)]), of, make("p", "small", [word("duties", { count: duties.length })]), lines(coming)];
    if (past.length) {
      shown.push(make("details", "", [make("summary", "", [word("past", { count: past.length })]), lines(past)]));
    }
    return make("div", "card", shown);
  }
  function lines(duties) {
    return make("ul", "", duties.map(function (duty) {
      return make("li", "", [dateOf(duty[DAY]), " ", typed(duty), " " + hours(duty) + " ", make("span", "", [post(duty[POST])])]);
    }));
  }
  function search() {
    var query = plain(at("find").value), box = at("found");
    if (!query) { box.hidden = true; fill(box, []); show(false); return; }
    var found = [];
    data.people.forEach(function (one, n) { if (matches(one, query)) { found.push(n); } });
    fill(box, [
      make("p", "", [found.length ? word("found", { count: found.length }) : word("none")]),
      found.length > SHOWN ? make("p", "small", [word("more", { count: SHOWN })]) : null,
      make("div", "cards", found.slice(0, SHOWN).map(card))
    ]);
    each(document.querySelectorAll(".view"), function (view) { view.hidden = view !== box; });
    body.setAttribute("data-view", "found");
    mark("");
  }

  // -- where in the page --------------------------------------------------------------------------------------

  var VIEWS = ["now", "days", "posts", "organisations", "gaps", "charts", "wall"];
  var drawn = "", shownDay = -1;

  function fragment() {
    try { return decodeURIComponent(location.hash.slice(1)); } catch (error) { return ""; }
  }
  function indexOf(list, id) {
    for (var n = 0; n < list.length; n++) { if (list[n][0] === id) { return n; } }
    return -1;
  }
  function view() {
    var where = fragment(), day = where.match(/^day-(.+)$/), one = where.match(/^(post|organisation)=(.*)$/);
    if (day && indexOf(data.days, day[1]) >= 0) { shownDay = indexOf(data.days, day[1]); return "days"; }
    if (one) {
      var n = indexOf(one[1] === "post" ? data.posts : data.bodies, one[2]);
      if (n >= 0 && at(one[1])) { at(one[1]).value = String(n); return one[1] + "s"; }
    }
    if (VIEWS.indexOf(where) >= 0 && at(where)) { return where; }
    return today() >= 0 ? "now" : "days";
  }
  function mark(chosen) {
    each(document.querySelectorAll("#views a"), function (link) {
      if (link.getAttribute("href") === "#" + chosen) { link.setAttribute("aria-current", "page"); }
      else { link.removeAttribute("aria-current"); }
    });
  }
  function show(moved) {
    var chosen = view();
    body.classList.toggle("walled", chosen === "wall");
    body.setAttribute("data-view", chosen);
    at("wall").hidden = chosen !== "wall";
    each(document.querySelectorAll(".view"), function (one) { one.hidden = one.id !== chosen; });
    mark(chosen);
    if (chosen === "now") { showNow(); }
    if (chosen === "wall") { showWall(); }
    if (chosen === "days") { showDay(); }
    if (chosen === "posts") { showPost(); }
    if (chosen === "organisations") { showOrganisation(); }
    if (moved) { window.scrollTo(0, 0); }
  }
  function showDay() {
    if (shownDay < 0) { shownDay = Math.max(0, today()); }
    var id = "day-" + data.days[shownDay][0], now = today();
    each(document.querySelectorAll(".day"), function (one) { one.classList.toggle("shown", one.id === id); });
    each(document.querySelectorAll(".strip a"), function (link, n) {
      link.classList.toggle("today", n === now);
      if (n !== shownDay) { link.removeAttribute("aria-current"); return; }
      link.setAttribute("aria-current", "date");
      link.parentNode.scrollLeft = link.offsetLeft - link.parentNode.offsetLeft - link.parentNode.clientWidth / 2 + 35;
    });
  }
  function options(select, list, used) {
    if (!select) { return; }
    var before = select.value;
    fill(select, list.map(function (one, n) {
      var option = document.createElement("option");
      option.value = String(n);
      option.textContent = said([one[1], one[2]]);
      return used(n) ? option : null;
    }));
    if (before) { select.value = before; }
  }
  function choices() {
    var select = at("which"), before = select.value;
    fill(select, ["all", "a-page", "only"].map(function (key) {
      var option = make("option", "", [said(words[key])]);
      option.value = key;
      return option;
    }));
    if (before) { select.value = before; }
  }
  function speak() {
    root.lang = language() === "en" ? "en" : "zh";
    var titles = document.querySelectorAll("h1 [lang]");
    each(titles, function (title) { if (title.lang === root.lang) { document.title = title.textContent; } });
    choices();
    if (at("find")) { at("find").placeholder = said(words.hint); }
    options(at("post"), data.posts, function (n) { return data.duties.some(function (duty) { return duty[POST] === n; }); });
    options(at("organisation"), data.bodies, function (n) { return data.people.some(function (one) { return belongs(one[2], n); }); });
  }
  function go(kind, list) {
    return function () { location.hash = kind + "=" + encodeURIComponent(list[Number(at(kind).value)][0]); };
  }

  speak();
  each(document.querySelectorAll(".language"), function (button) { button.addEventListener("change", function () {
      speak();
      if (!at("wall").hidden) { showWall(); }
    }); });
  window.addEventListener("hashchange", function () {
    if (at("find")) { at("find").value = ""; }
    show(true);
  });
  each(document.querySelectorAll("#views a"), function (link) {
    link.addEventListener("click", function () {
      if (link.hash === location.hash) { at("find") && (at("find").value = ""); show(true); }
    });
  });
  if (at("find")) {
    at("find").addEventListener("input", search);
    at("search").addEventListener("submit", function (event) { event.preventDefault(); });
  }
  at("post").addEventListener("change", go("post", data.posts));
  if (at("organisation")) { at("organisation").addEventListener("change", go("organisation", data.bodies)); }
  at("print").addEventListener("click", function () { window.print(); });
  at("which").addEventListener("change", function () { body.setAttribute("data-print", at("which").value); });
  window.setInterval(function () {
    var stamp = Math.floor(minute()) + " " + (at("wall").hidden ? 0 : Math.floor(Date.now() / 1000 / TURN));
    if (stamp === drawn || (at("find") && at("find").value)) { return; }
    drawn = stamp;
    if (!at("now").hidden) { showNow(); }
    if (!at("wall").hidden) { showWall(); }
  }, 1000);
  show(false);
})();
