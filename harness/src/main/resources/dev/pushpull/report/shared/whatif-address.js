/* The values chosen, in the address of the page: #whatif=rate:0.5,price:0.4. They survive a reload and can be passed on. */
var pushpullAddress = (function () {
  "use strict";
  var START = "#whatif=";
  var NUMBER = /^\d+(\.\d+)?(e[+-]?\d{1,3})?$/i;
  var SLACK = 1e-3;

  /* A value as it is written there, if this field takes it; null for none, undefined if it does not. */
  function value(field, text) {
    if (text === "none") return field.optional ? null : undefined;
    if (field.currency) return pushpullText.isCurrency(text) ? text : undefined;
    var number = NUMBER.test(text) ? Number(text) : NaN;
    var fits = number >= field.least * (1 - SLACK) && number <= field.most * (1 + SLACK) && (!field.whole || Number.isInteger(number));
    return fits ? number : undefined;
  }

  /* The values by name; null where there is no such address or anything in it is not as it should be. */
  function read(hash, fields) {
    if (hash.indexOf(START) !== 0) return null;
    var read = {};
    try {
      var parts = decodeURIComponent(hash.slice(START.length)).split(",");
      var good = parts.every(function (part) {
        var at = part.indexOf(":");
        var name = part.slice(0, at);
        var field = fields[name];
        if (at < 0 || !Object.prototype.hasOwnProperty.call(fields, name) || name in read) return false;
        read[name] = value(field, part.slice(at + 1));
        return read[name] !== undefined;
      });
      return good ? read : null;
    } catch (malformed) {
      return null;
    }
  }

  function written(chosen) {
    return START + Object.keys(chosen).map(function (name) {
      return name + ":" + (chosen[name] == null ? "none" : String(chosen[name]));
    }).join(",");
  }

  /* Puts them there without a step in the history; takes them away when nothing is chosen. */
  function write(chosen) {
    var some = Object.keys(chosen).length > 0;
    if (!some && location.hash.indexOf(START) !== 0) return;
    try {
      history.replaceState(null, "", location.href.split("#")[0] + (some ? written(chosen) : ""));
    } catch (refused) {
      /* then they hold for as long as the page is open */
    }
  }

  return { read: read, write: write, written: written };
})();
