
// Searching: everything stays in the browser. Without a script the lists by year, title and person do.
const form = document.querySelector("form.search");
const found = document.getElementById("found");
const MOST = 50;
let works;

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

async function read() {
  if (!works) {
    const answer = await fetch(found.dataset.root + "search.json");
    works = (await answer.json()).works.map((row) => ({ row, head: fold(row[1]), all: fold(row.slice(1).join(" ")) }));
  }
  return works;
}

function add(parent, name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  parent.append(made);
  return made;
}

function item([page, title, people, date, venue]) {
  const made = document.createElement("li");
  const heading = add(made, "h3", "");
  const link = add(heading, "a", title);
  link.href = found.dataset.root + "works/" + page + ".html";
  link.dir = "auto";
  if (people) add(made, "p", people).className = "by";
  add(made, "p", [date || "undated", venue].filter(Boolean).join(" · ")).className = "facts";
  return made;
}

function show(words, hits) {
  found.hidden = false;
  found.replaceChildren();
  add(found, "h2", `${hits.length.toLocaleString("en")} ${hits.length === 1 ? "work" : "works"} with “${words}”`);
  const list = add(found, "ol", "");
  list.className = "works";
  list.append(...hits.slice(0, MOST).map((hit) => item(hit.row)));
  if (hits.length > MOST) add(found, "p", `The first ${MOST} are shown: more words find less.`).className = "quiet";
}

async function search(words) {
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  if (!wanted.length) {
    found.hidden = true;
    return;
  }
  try {
    const hits = (await read()).filter((work) => wanted.every((word) => work.all.includes(word)));
    const inTitle = (work) => wanted.every((word) => work.head.includes(word));
    if (form.q.value.trim() === words.trim()) show(words, [...hits.filter(inTitle), ...hits.filter((work) => !inTitle(work))]);
  } catch {
    found.hidden = false;
    found.replaceChildren();
    add(found, "p", "Searching needs the site to be served by a web server; the lists work without one.").className = "message";
  }
}

form.hidden = false;
form.q.value = new URLSearchParams(location.search).get("q") || "";
search(form.q.value);
form.addEventListener("input", () => search(form.q.value));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search(form.q.value);
});
