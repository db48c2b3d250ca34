/* Charts as pictures to take along: SVG with title, key and origin, and a PNG made of it. */
(function () {
  "use strict";
  var NS = "http://www.w3.org/2000/svg";
  var MARGIN = 16;
  var FAMILY = "system-ui, sans-serif";
  var round = pushpull.drawing.round, escaped = pushpull.drawing.escaped, paint = pushpull.drawing.paint;
  var ruler = document.createElement("canvas").getContext("2d");

  function nested(x, y, width, height, box, inner) {
    return "<svg x=\"" + round(x) + "\" y=\"" + round(y) + "\" width=\"" + round(width) + "\" height=\"" + round(height) +
      "\" viewBox=\"" + box + "\">" + inner + "</svg>";
  }

  /* A canvas of uPlot's, or of one who says how it is drawn; of any other, its pixels. */
  function onCanvas(canvas, chart, prefix) {
    var plot = chart.chart, draw = chart.redraw;
    if (plot && plot.ctx && plot.ctx.canvas === canvas) {
      draw = function () {
        plot.series.forEach(function (series) { series._paths = null; });
        plot.redraw(false);
      };
    }
    if (!draw) {
      return Promise.resolve("<image width=\"" + canvas.width + "\" height=\"" + canvas.height + "\" href=\"" + canvas.toDataURL() + "\"/>");
    }
    return pushpull.drawing.again(canvas, draw, prefix);
  }

  function visible(element) { return element.offsetParent !== null || element.getClientRects().length > 0; }

  /* Words in lines that fit. */
  function lines(words, size, weight, most) {
    ruler.font = weight + " " + size + "px " + FAMILY;
    var made = [];
    words.split(" ").forEach(function (word) {
      var longer = made.length ? made[made.length - 1] + " " + word : word;
      if (made.length && ruler.measureText(longer).width <= most) made[made.length - 1] = longer;
      else made.push(word);
    });
    return made;
  }

  function Sheet(width) {
    var y = MARGIN, parts = [], inks = { ink: pushpull.colour("ink"), muted: pushpull.colour("muted"), sheet: pushpull.colour("sheet") };
    this.write = function (words, size, weight, ink) {
      lines(words, size, weight, width - 2 * MARGIN).forEach(function (line) {
        y += Math.ceil(size * 1.35);
        parts.push("<text x=\"" + MARGIN + "\" y=\"" + round(y - size * 0.35) + "\" font-size=\"" + size + "\" font-weight=\"" + weight +
          "\" font-family=\"" + FAMILY + "\"" + paint("fill", ink in inks ? inks[ink] : ink, 1) + ">" + escaped(line) + "</text>");
      });
    };
    this.space = function (height) { y += height; };
    this.put = function (high, made) { parts.push(made(MARGIN, y)); y += high; };
    this.done = function (title, told) {
      var height = Math.ceil(y + MARGIN);
      return "<svg xmlns=\"" + NS + "\" width=\"" + width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " + height +
        "\" role=\"img\"><title>" + escaped(title) + "</title>" + (told ? "<desc>" + escaped(told) + "</desc>" : "") +
        "<rect width=\"" + width + "\" height=\"" + height + "\"" + paint("fill", inks.sheet, 1) + "/>" + parts.join("") + "</svg>";
    };
  }

  /* The keys of a legend, as they are seen, in rows. */
  function legend(sheet, chart, width) {
    var rows = Array.from(chart.querySelectorAll(".u-legend .u-series")).slice(1).filter(visible);
    var keys = rows.map(function (row) {
      var marker = row.querySelector(".u-marker"), own = marker && marker.querySelector("path"), style = marker && getComputedStyle(marker);
      var label = row.querySelector(".u-label");
      return {
        words: (label || row).textContent,
        fill: !own && style && !/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor) ? style.backgroundColor : null,
        colour: own ? own.getAttribute("stroke") : style ? style.borderTopColor : "gray",
        dash: own ? own.getAttribute("stroke-dasharray") : style && { dashed: "5 3", dotted: "2 2" }[style.borderTopStyle]
      };
    }).filter(function (key) { return key.words; });
    if (!keys.length) return;
    ruler.font = "12px " + FAMILY;
    var row = 0, x = 0, drawn = keys.map(function (key) {
      var wide = 46 + ruler.measureText(key.words).width;
      if (x > 0 && x + wide > width) { x = 0; row++; }
      var at = x, line = 18 * row + 12;
      x += wide + 12;
      var shape = key.fill ? "<rect x=\"" + round(at + 13) + "\" y=\"" + (line - 10) + "\" width=\"12\" height=\"12\"" + paint("fill", key.fill, 1) +
        paint("stroke", key.colour, 1) + "/>" : "<path d=\"M" + round(at) + " " + (line - 4) + "h26\" fill=\"none\"" + paint("stroke", key.colour, 1) + " stroke-width=\"3\"" +
        (key.dash ? " stroke-dasharray=\"" + key.dash + "\"" : "") + "/>";
      return shape + "<text x=\"" + round(at + 34) + "\" y=\"" + line +
        "\" font-size=\"12\" font-family=\"" + FAMILY + "\"" + paint("fill", pushpull.colour("ink"), 1) + ">" + escaped(key.words) + "</text>";
    });
    sheet.put(18 * (row + 1) + 4, function (left, top) {
      return "<g transform=\"translate(" + round(left) + " " + round(top) + ")\">" + drawn.join("") + "</g>";
    });
  }

  function heading(unit) {
    var figure = unit.closest("figure"), section = unit.closest("section");
    var found = figure && figure.querySelector("h3, h4, figcaption > strong") || section && section.querySelector("h2, h3");
    return found && !unit.contains(found) ? found.textContent.trim() : "";
  }

  function run() {
    var kicker = document.querySelector("main .kicker");
    return kicker ? kicker.textContent.trim() : document.title;
  }

  function boxes(unit) {
    return Array.from(unit.querySelectorAll("canvas, svg[role=img]")).concat(unit.matches("svg") ? [unit] : []).filter(visible);
  }

  /* The picture of one chart, or of several that belong together: SVG as text. */
  function picture(unit) {
    var title = heading(unit), drawn = boxes(unit);
    var width = Math.ceil(Math.max.apply(null, drawn.map(function (box) { return box.getBoundingClientRect().width; }))) + 2 * MARGIN;
    var sheet = new Sheet(width);
    if (title) { sheet.write(title, 16, 600, "ink"); sheet.space(6); }
    return drawn.reduce(function (before, box, i) {
      return before.then(function () {
        var chart = box.closest(".chart") || unit;
        var own = chart.querySelector("h3, h4"), size = box.getBoundingClientRect();
        if (own && own.textContent.trim() !== title) sheet.write(own.textContent.trim(), 13, 600, getComputedStyle(own).color);
        if (box.tagName.toLowerCase() === "svg") {
          var inner = Array.from(pushpull.drawing.styled(box).childNodes).map(function (node) { return new XMLSerializer().serializeToString(node); }).join("");
          var view = box.getAttribute("viewBox") || "0 0 " + size.width + " " + size.height;
          sheet.put(size.height + 8, function (x, y) { return nested(x, y, size.width, size.height, view, inner); });
          return null;
        }
        return onCanvas(box, chart, "clip" + i).then(function (inner) {
          sheet.put(size.height + 8, function (x, y) { return nested(x, y, size.width, size.height, "0 0 " + box.width + " " + box.height, inner); });
          if (!chart.classList.contains("repeated")) legend(sheet, chart, width - 2 * MARGIN);
        });
      });
    }, Promise.resolve()).then(function () {
      sheet.write(run(), 11, 400, "muted");
      return sheet.done(title || run(), unit.getAttribute("aria-label"));
    });
  }

  /* The same as pixels, two for each of the page's. */
  function png(svg) {
    return new Promise(function (done, failed) {
      var image = new Image();
      image.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = 2 * image.naturalWidth;
        canvas.height = 2 * image.naturalHeight;
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(done, "image/png");
      };
      image.onerror = function () { failed(new Error("the picture cannot be drawn")); };
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
    });
  }

  function name(unit) {
    var run = document.querySelector("main .kicker span");
    var words = (run ? run.textContent + "-" : "") + (unit.id || heading(unit) || "chart");
    return words.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 100);
  }

  function isCell(unit) { return /grid|flex/.test(getComputedStyle(unit.parentElement).display); }

  /* Buttons may not stand in what is one picture to a screen reader, nor become a cell of a grid. */
  function place(unit, tools, cell) {
    var image = unit.getAttribute("role") === "img" || unit.tabIndex >= 0;
    if (!image || unit.matches(".scroll")) return unit.appendChild(tools);
    if (cell) {
      var around = pushpull.element("div");
      unit.replaceWith(around);
      around.appendChild(unit);
    }
    return unit.after(tools);
  }

  function offer(unit, cell) {
    var tools = pushpull.element("div", "tools");
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Save: " + (heading(unit) || "chart"));
    tools.appendChild(pushpull.element("span", "", "Save"));
    tools.appendChild(pushpull.button("PNG", function () {
      picture(unit).then(png).then(function (blob) { pushpull.save(name(unit) + ".png", blob); });
    }));
    tools.appendChild(pushpull.button("SVG", function () {
      picture(unit).then(function (svg) { pushpull.save(name(unit) + ".svg", new Blob([svg], { type: "image/svg+xml" })); });
    }));
    place(unit, tools, cell);
  }

  pushpull.picture = picture;
  pushpull.png = png;
  var units = new Set();
  document.querySelectorAll("main .chart, main svg[role=img]").forEach(function (chart) {
    units.add(chart.tagName.toLowerCase() === "svg" ? chart.closest(".scroll") || chart : chart.parentElement.closest("[role=img]") || chart);
  });
  /* all are asked before the first changes the page */
  Array.from(units).filter(function (unit) { return unit.matches("svg, [data-placed]") || unit.querySelector("canvas, svg[role=img], [data-placed]"); })
    .map(function (unit) { return [unit, isCell(unit)]; }).forEach(function (one) { offer(one[0], one[1]); });
})();
