"use strict";
// The one script of every page. It builds nothing from markup: words of documents only ever become text.
(() => {
  const $ = (id) => document.getElementById(id);
  const tell = (words) => { $("told").textContent = words; };

  // Theme: as the system says, or light, or dark.
  const themes = ["", "light", "dark"];
  const names = { "": "as the system", light: "light", dark: "dark" };
  const remembered = () => { try { return localStorage.getItem("labelpipe-theme") || ""; } catch { return ""; } };
  const wear = (theme) => {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    $("theme").querySelector("span").textContent = names[theme];
  };
  $("theme").hidden = false;
  let theme = themes.includes(remembered()) ? remembered() : "";
  wear(theme);
  $("theme").addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    try { localStorage.setItem("labelpipe-theme", theme); } catch { /* a file may have no storage */ }
    wear(theme);
  });

  // A jump: light up all the words that a fact or a finding is about, and move the focus to them.
  const arrive = () => {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    const target = $(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const name = /-([a-z_]+-\d+)-words$/.exec(target.id);
    if (name) {
      const pieces = target.closest(".line").querySelectorAll(`[data-in~="${name[1]}"]`);
      let words = "";
      for (const piece of pieces) { piece.classList.add("lit"); words += piece.textContent; }
      tell(`Words: ${words.slice(0, 300)}`);
    }
    target.focus({ preventScroll: true });
  };
  addEventListener("hashchange", arrive);
  arrive();

  // Copying what a statement says.
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const words = $(button.dataset.copy).textContent;
      try {
        await navigator.clipboard.writeText(words);
        tell("Copied");
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren($(button.dataset.copy));
        tell("Selected: press the copy keys");
      }
    });
  }

  // The list of documents: filtered and paged from the data that the report carries.
  const carried = $("data");
  if (!carried) return;
  const { rules, rows } = JSON.parse(carried.textContent);
  const [ID, PATH, NAME, FORMAT, , BLOCKS, SURE, FOUND, RULES, PAGE] = Array(10).keys();
  const SHOWN = 100;
  let first = 0;
  const options = (select, values) => {
    for (const value of values) select.append(new Option(value.replaceAll("_", " "), value));
  };
  options($("f-rule"), rules);
  options($("f-format"), [...new Set(rows.map((row) => row[FORMAT]))].sort());
  const count = (n) => n.toLocaleString("en").replaceAll(",", "\u202f");
  const cell = (words, kind) => {
    const made = document.createElement("td");
    made.className = kind;
    made.textContent = words;
    return made;
  };
  const named = (row) => {
    const head = document.createElement("th");
    head.scope = "row";
    const name = document.createElement("bdi");
    name.textContent = row[NAME];
    const link = row[PAGE] ? document.createElement("a") : document.createElement("span");
    if (row[PAGE]) link.href = `#d${row[ID]}`;
    link.append(name);
    const path = document.createElement("bdi");
    path.className = "details";
    path.textContent = row[PATH];
    head.append(link, " ", path);
    if (!row[PAGE]) {
      const elsewhere = document.createElement("code");
      elsewhere.className = "elsewhere";
      elsewhere.textContent = `labelpipe explore ${row[ID]}`;
      head.append(" ", elsewhere);
    }
    return head;
  };
  const wanted = () => {
    const words = $("f-words").value.trim().toLowerCase();
    const rule = rules.indexOf($("f-rule").value);
    const format = $("f-format").value;
    return rows.filter((row) =>
      (!words || row[NAME].toLowerCase().includes(words) || row[PATH].toLowerCase().includes(words)) &&
      (rule < 0 || row[RULES].includes(rule)) && (!format || row[FORMAT] === format) && (!$("f-page").value || row[PAGE]));
  };
  const show = () => {
    const found = wanted();
    first = Math.min(first, Math.max(0, Math.floor((found.length - 1) / SHOWN) * SHOWN));
    const body = document.createElement("tbody");
    for (const row of found.slice(first, first + SHOWN)) {
      const [errors, warnings, notes] = row[FOUND];
      const line = document.createElement("tr");
      line.append(named(row), cell(row[FORMAT], ""), cell(count(row[BLOCKS]), "n"),
        cell(row[SURE] === null ? "" : `${Math.round(row[SURE] * 100)}%`, "n"),
        cell(count(errors + warnings), "n"), cell(count(notes), "n"));
      body.append(line);
    }
    $("index").tBodies[0].replaceWith(body);
    $("shown").textContent = `${count(found.length)} of ${count(rows.length)} documents`;
    $("pager").hidden = found.length <= SHOWN;
    $("place").textContent = found.length ? `${count(first + 1)} to ${count(Math.min(first + SHOWN, found.length))}` : "";
    $("before").disabled = first === 0;
    $("after").disabled = first + SHOWN >= found.length;
  };
  $("filters").hidden = false;
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("input", () => { first = 0; show(); });
  $("before").addEventListener("click", () => { first -= SHOWN; show(); });
  $("after").addEventListener("click", () => { first += SHOWN; show(); });
  for (const link of document.querySelectorAll(".by-rule"))
    link.addEventListener("click", () => {
      $("filters").reset();
      $("f-rule").value = link.dataset.rule;
      first = 0;
      show();
    });
  show();
})();
