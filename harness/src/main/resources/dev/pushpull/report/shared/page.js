/* What every page has: data, colours, the way to its sections and to the other results, files to download. */
var pushpull = (function () {
  "use strict";
  var root = document.documentElement;
  var data = JSON.parse(document.getElementById("data").textContent);
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var redraws = [];
  var probe = document.body.appendChild(document.createElement("span"));
  var colours = {};
  probe.hidden = true;

  /*
   * One of the page's current colours; --m0 is the first mode's. Each is asked for once until the theme changes: what is asked
   * of a page that has changed makes the browser work out its style anew.
   */
  function colour(name) {
    if (!colours[name]) {
      probe.style.color = "var(--" + name + ")";
      colours[name] = getComputedStyle(probe).color;
    }
    return colours[name];
  }

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text != null) made.textContent = text;
    return made;
  }

  function button(text, act) {
    var made = element("button", "", text);
    made.type = "button";
    made.addEventListener("click", function () { act(made); });
    return made;
  }

  function redraw() {
    colours = {};
    redraws.forEach(function (draw) { draw(); });
  }

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  }

  /* Whoever chooses what the system has follows the system again. */
  function remember(theme) {
    try {
      if ((theme === "dark") === dark.matches) localStorage.removeItem("pushpull-theme");
      else localStorage.setItem("pushpull-theme", theme);
    } catch (refused) {
      /* then it holds for as long as the page is open */
    }
  }

  function theme() {
    var button = document.getElementById("theme");
    function name() { button.textContent = isDark() ? "Light colours" : "Dark colours"; }
    button.hidden = false;
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember(root.dataset.theme);
      name();
      redraw();
    });
    dark.addEventListener("change", function () { name(); redraw(); });
    name();
    var before;
    window.addEventListener("beforeprint", function () {
      before = root.dataset.theme;
      root.dataset.theme = "light";
      redraw();
    });
    window.addEventListener("afterprint", function () {
      if (before) root.dataset.theme = before; else delete root.dataset.theme;
      redraw();
    });
  }

  /* Each heading with an id leads to itself. A long one has a short name for the navigation in data-nav. */
  function sections() {
    var nav = document.getElementById("contents");
    document.querySelectorAll("main :is(h2, h3)[id]").forEach(function (heading) {
      var itself = element("a", "itself");
      itself.href = "#" + heading.id;
      itself.append.apply(itself, heading.childNodes);
      heading.appendChild(itself);
      if (heading.matches("main section > h2") && !heading.closest("[hidden]")) {
        var link = nav.appendChild(element("a", "", heading.dataset.nav || heading.textContent));
        link.href = itself.href;
        nav.hidden = false;
      }
    });
  }

  /* Only a page in a folder of results has a list of them above it; one that was passed on leads nowhere. */
  function wayBack() {
    var home = /^(.*\/results\/)(?:[^/]+\/)+[^/]+$/.exec(location.pathname);
    if (!home) return;
    var link = document.getElementById("all-runs");
    link.href = home[1] + "index.html";
    link.hidden = false;
  }

  function save(name, blob) {
    var link = element("a");
    link.download = name;
    link.href = URL.createObjectURL(blob);
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  /* A file that the page carries, unpacked; as it was packed where the browser cannot unpack. */
  function file(name) {
    var text = atob(data.downloads[name]), bytes = new Uint8Array(text.length);
    for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    var packed = new Blob([bytes]);
    if (!window.DecompressionStream) return Promise.resolve({ name: name + ".gz", blob: packed });
    return new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).blob().then(function (blob) {
      return { name: name, blob: blob };
    });
  }

  function downloads() {
    var place = document.getElementById("downloads");
    if (!place) return;
    Object.keys(data.downloads || {}).forEach(function (name) {
      place.appendChild(button(name, function () { file(name).then(function (got) { save(got.name, got.blob); }); }));
    });
  }

  function significant(value) {
    return value >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
  }

  function latency(millis) {
    if (millis == null) return "";
    if (millis >= 3.6e8) return significant(millis / 8.64e7) + " d";
    if (millis >= 6e6) return significant(millis / 3.6e6) + " h";
    if (millis >= 999500) return significant(millis / 6e4) + " min";
    if (millis >= 999.5) return significant(millis / 1000) + " s";
    return millis >= 0.9995 || millis === 0 ? significant(millis) + " ms" : significant(millis * 1000) + " µs";
  }

  theme();
  sections();
  wayBack();
  downloads();
  return {
    data: data,
    colour: colour,
    element: element,
    button: button,
    save: save,
    file: file,
    significant: significant,
    latency: latency,
    /* Calls draw whenever the colours change. */
    onRedraw: function (draw) { redraws.push(draw); }
  };
})();
