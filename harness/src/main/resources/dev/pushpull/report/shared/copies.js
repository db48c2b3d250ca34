/* What leaves the page by the clipboard: any table, the command, three lines that sum the page up. */
(function () {
  "use strict";
  var told = document.getElementById("told");

  /* --- the clipboard --- */

  function said(button, words) {
    var name = button.dataset.name = button.dataset.name || button.textContent;
    button.textContent = words;
    told.textContent = words + ": " + name;
    clearTimeout(button.waiting);
    button.waiting = setTimeout(function () { button.textContent = name; told.textContent = ""; }, 2000);
  }

  /* The old way, which also works where the page is a file; and where even that is refused, by the reader's own hand. */
  function bySelection(text, button) {
    var area = pushpull.element("textarea", "by-hand");
    area.value = text;
    area.readOnly = true;
    area.setAttribute("aria-label", "Text to copy");
    (button.closest(".tools, .topline") || button).after(area);
    area.select();
    var done = false;
    try { done = document.execCommand("copy"); } catch (refused) { /* then it stays selected */ }
    if (done) {
      area.remove();
      button.focus({ preventScroll: true });
      return said(button, "Copied");
    }
    area.addEventListener("blur", function () { area.remove(); });
    return said(button, "Press Ctrl+C");
  }

  function copy(text, button) {
    if (!navigator.clipboard) return bySelection(text, button);
    return navigator.clipboard.writeText(text).then(
      function () { said(button, "Copied"); },
      function () { bySelection(text, button); });
  }

  /* --- tables --- */

  var BREAK = "\n";

  /* What is read in an element, with a break wherever a new line begins. */
  function read(node) {
    if (node.nodeType === 3) return node.nodeValue.replace(/\s+/g, " ");
    if (node.nodeType !== 1 || node.matches("[aria-hidden=true], [hidden], .hidden, .narrow, .tools, svg, style, script, input")) return "";
    if (node.tagName === "BR") return BREAK;
    var inner = Array.from(node.childNodes).map(read).join("");
    var display = getComputedStyle(node).display;
    return display === "table-cell" ? inner + " " : display.indexOf("inline") === 0 ? inner : BREAK + inner + BREAK;
  }

  /* The same in one line: what stood in lines of its own is parted by semicolons. */
  function words(element) {
    return Array.from(element.childNodes).map(read).join("").split(BREAK)
      .map(function (line) { return line.replace(/\s+/g, " ").trim(); })
      .filter(function (line) { return line; })
      .reduce(function (text, line) { return text + (text ? /[.:;!?]$/.test(text) ? " " : "; " : "") + line; }, "");
  }

  /* The cells of a table, the header first, all rows alike in length: a cell over several rows stands in each of them. */
  function cells(table) {
    var rows = [];
    Array.from(table.rows).filter(function (row) { return !row.hidden; }).forEach(function (row, r) {
      var at = 0, own = rows[r] = rows[r] || [];
      Array.from(row.cells).forEach(function (cell) {
        while (own[at] !== undefined) at++;
        var text = words(cell);
        for (var down = 0; down < cell.rowSpan; down++) {
          rows[r + down] = rows[r + down] || [];
          for (var right = 0; right < cell.colSpan; right++) rows[r + down][at + right] = right ? "" : text;
        }
      });
    });
    var wide = Math.max.apply(null, rows.map(function (row) { return row.length; }));
    var columns = Array.from({ length: wide }, function (none, i) { return i; }).filter(function (i) {
      return rows.slice(1).some(function (row) { return row[i]; }); /* no column of bars or boxes */
    });
    return rows.map(function (row) { return columns.map(function (i) { return row[i] || ""; }); });
  }

  function markdownText(text) {
    return text.replace(/[\\`*_[\]|#]/g, "\\$&").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  function markdown(table) {
    var rows = cells(table);
    var sides = rows[0].map(function () { return "---"; });
    var lines = rows.map(function (row) { return "| " + row.map(markdownText).join(" | ") + " |"; });
    lines.splice(1, 0, "| " + sides.join(" | ") + " |");
    return lines.join("\n") + "\n";
  }

  /* As in our files: an apostrophe before what a spreadsheet would run as a formula. */
  function csvText(text) {
    var safe = /^'*[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+$/.test(text) ? "'" + text : text;
    return /[",\n\r]/.test(safe) ? "\"" + safe.replace(/"/g, "\"\"") + "\"" : safe;
  }

  function csv(table) {
    return cells(table).map(function (row) { return row.map(csvText).join(","); }).join("\n") + "\n";
  }

  function tools(label) {
    var made = pushpull.element("div", "tools");
    made.setAttribute("role", "group");
    made.setAttribute("aria-label", label);
    return made;
  }

  function offerTable(table) {
    var region = table.closest(".scroll") || table;
    var name = table.caption ? table.caption.textContent : region.getAttribute("aria-label") || "table";
    var made = tools("Copy: " + name.trim());
    made.appendChild(pushpull.element("span", "", "Copy"));
    made.appendChild(pushpull.button("Markdown", function (button) { copy(markdown(table), button); }));
    made.appendChild(pushpull.button("CSV", function (button) { copy(csv(table), button); }));
    if (region === table) table.after(made); else region.appendChild(made);
  }

  /* --- a command --- */

  function offerCommand(code) {
    var made = tools("The command");
    made.appendChild(pushpull.button("Copy command", function (button) { copy(code.textContent.trim(), button); }));
    code.parentElement.after(made);
  }

  /* --- a summary --- */

  function cut(line) {
    return line.length > 400 ? line.slice(0, 399).replace(/\s+\S*$/, "") + " …" : line;
  }

  function list(selector, separator) {
    return Array.from(document.querySelectorAll("main > header " + selector)).map(words).join(separator);
  }

  /* The finding; the main figures or what else the page answers; what it was made of. Empty lines are left out. */
  function summary() {
    var doubts = Array.from(document.querySelectorAll("main > header .banner")).map(words).join(" ");
    var cards = Array.from(document.querySelectorAll("main > header .highlights > li")).map(function (card) {
      var name = card.querySelector("h2, h3");
      return (name ? words(name) + ": " : "") + Array.from(card.querySelectorAll(".highlight")).map(function (one) {
        return words(one).replace(/; /g, " ");
      }).join(", ");
    }).join("; ");
    var facts = Array.from(document.querySelectorAll("main > header .facts > div")).map(function (fact) {
      return words(fact).replace("; ", " ");
    }).join(", ");
    return [
      (doubts ? doubts + " " : "") + list("h1", " "),
      cards || list(".answer > li", " ") || list("p:not(.kicker, .banner)", " "),
      [list(".kicker", " "), facts].filter(Boolean).join(": ")
    ].filter(Boolean).map(cut).join("\n");
  }

  pushpull.markdown = markdown;
  pushpull.csv = csv;
  pushpull.summary = summary;
  document.querySelectorAll("main table").forEach(function (table) {
    if (table.parentElement.closest("table") || table.matches(".u-legend") || !table.rows.length) return;
    offerTable(table);
  });
  document.querySelectorAll("main pre > code").forEach(offerCommand);
  if (document.querySelector("main > header .kicker")) {
    var button = document.getElementById("summary");
    button.hidden = false;
    button.addEventListener("click", function () { copy(summary(), button); });
  }
})();
