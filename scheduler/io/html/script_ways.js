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
