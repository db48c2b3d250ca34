/* Two results are chosen: the command that compares them, the earlier one first, and the pages that already do. */
(function () {
  "use strict";
  var panel = document.getElementById("chosen");
  var chosen = []; /* at most two boxes, in the order in which they were ticked */

  function show() {
    var runs = chosen.slice().sort(function (a, b) { return a.dataset.started.localeCompare(b.dataset.started); });
    var two = runs.length === 2;
    panel.hidden = !runs.length;
    document.getElementById("choice").textContent = two ? "Before: " + runs[0].value + ". After: " + runs[1].value + "." :
      runs.length ? runs[0].value + ", and which other run?" : "";
    document.getElementById("command").textContent = two ?
      ["scripts/pushpull report"].concat(runs.map(function (run) { return run.dataset.argument; })).join(" ") : "";
    panel.querySelectorAll("pre, .tools").forEach(function (part) { part.hidden = !two; });
    var pages = document.getElementById("compared");
    pages.textContent = "";
    pushpull.data.compared.forEach(function (page) {
      var names = [page.first, page.second];
      if (!two || !runs.every(function (run) { return names.indexOf(run.value) >= 0; })) return;
      var link = pushpull.element("a", "", "Already compared: " + page.first + " with " + page.second);
      link.href = page.link;
      pages.appendChild(pushpull.element("li")).appendChild(link);
    });
  }

  var boxes = document.querySelectorAll(".runs input");
  boxes.forEach(function (box) {
    box.addEventListener("change", function () {
      chosen = chosen.filter(function (other) { return other !== box; });
      if (box.checked) chosen.push(box);
      if (chosen.length > 2) chosen.shift().checked = false;
      show();
    });
  });
  /* a browser may tick boxes again when the page is loaded again */
  chosen = Array.from(boxes).filter(function (box) { return box.checked; }).slice(0, 2);
  show();
})();
