/*
 * What a telephone has too little room for. A details of class "long" is folded there when it is longer than a screen, one of
 * class "unused" when nothing is typed into it; everywhere else both are open, and their summaries are not seen. A table of
 * class "stacked" has its cells below each other there, and each cell says what it is.
 */
(function () {
  "use strict";
  var narrow = window.matchMedia("(max-width: 44rem)");
  var SCREEN = 800;
  var folds = Array.from(document.querySelectorAll("details:is(.long, .unused)"));

  function unread(fold) {
    if (fold.matches(".long")) return fold.scrollHeight > SCREEN;
    return Array.from(fold.querySelectorAll("input")).every(function (input) { return input.value === ""; });
  }

  function set(fold, folded) {
    fold.open = !folded;
    fold.classList.toggle("folds", folded);
  }

  function open() { folds.forEach(function (fold) { set(fold, false); }); }

  /* all are measured before the first changes the page */
  function fold() {
    if (!narrow.matches) return open();
    return folds.map(unread).forEach(function (folded, i) { set(folds[i], folded); });
  }

  /* Without the display of a table its roles are lost, and with them what a screen reader says of a cell. */
  function named(table) {
    var heads = Array.from(table.tHead.rows[0].cells).map(function (cell) { return cell.textContent; });
    var roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
    [table].concat(Array.from(table.querySelectorAll("thead, tbody, tr, th, td"))).forEach(function (part) {
      part.setAttribute("role", roles[part.tagName] || (part.scope === "row" ? "rowheader" : "columnheader"));
    });
    Array.from(table.tBodies).forEach(function (body) {
      Array.from(body.rows).forEach(function (row) {
        Array.from(row.cells).forEach(function (cell, i) { if (cell.tagName === "TD") cell.dataset.head = heads[i]; });
      });
    });
  }

  document.querySelectorAll("table.stacked").forEach(named);
  /* charts that were folded when the telephone was turned fit themselves to the room that they have then */
  folds.forEach(function (fold) {
    fold.querySelector("summary").addEventListener("click", function () { window.dispatchEvent(new Event("resize")); });
  });
  narrow.addEventListener("change", fold);
  window.addEventListener("beforeprint", open, true);
  window.addEventListener("afterprint", fold);
  queueMicrotask(fold); /* when the charts have their height */
})();
