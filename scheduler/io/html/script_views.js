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
