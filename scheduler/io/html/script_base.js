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
