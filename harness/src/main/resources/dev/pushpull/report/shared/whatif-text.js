/* Figures of the what-if section as people read them. */
var pushpullText = (function () {
  "use strict";

  function significant(value) {
    if (value >= 100) return Math.round(Number(value.toPrecision(4))).toLocaleString("en");
    return value !== 0 && value < 1e-4 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
  }

  /* In full, since others count on from it. */
  function whole(value) { return value >= 100 ? Math.round(value).toLocaleString("en") : significant(value); }

  function duration(seconds) {
    if (seconds < 0.9995) return significant(seconds * 1000) + " ms";
    if (seconds < 60) return significant(seconds) + " s";
    if (seconds < 3600) return significant(seconds / 60) + " min";
    return seconds < 86400 ? significant(seconds / 3600) + " h" : significant(seconds / 86400) + " d";
  }

  function latency(millis) {
    if (millis >= 999.5) return duration(millis / 1000);
    return millis >= 0.9995 || millis === 0 ? significant(millis) + " ms" : significant(millis * 1000) + " µs";
  }

  /* In bytes up to a million, as everywhere in a report. */
  function size(bytes) {
    if (bytes < 999999.5) return whole(bytes) + " B";
    var units = ["MB", "GB", "TB", "PB"];
    bytes /= 1e6;
    for (var i = 0; bytes >= 999.5 && i < units.length - 1; i++) bytes /= 1000;
    return significant(bytes) + " " + units[i];
  }

  /* In the first unit in which it is at least one and short, else in the first in which it is at least one. */
  function rate(perSecond) {
    var units = [[1, "/s"], [60, "/m"], [3600, "/h"], [86400, "/d"]].filter(function (unit) {
      return perSecond * unit[0] >= 0.9999999 || unit[0] === 86400;
    });
    var short = units.filter(function (unit) {
      var value = perSecond * unit[0];
      return Math.abs(value - Number(value.toPrecision(3))) < 1e-9 * value;
    });
    var chosen = short[0] || units[0];
    return significant(perSecond * chosen[0]) + chosen[1];
  }

  /* Near 100 % the missing part matters, so as many digits are shown as it takes to see it. */
  function percent(share) {
    var rest = 1 - share;
    if (!(rest > 1e-9 && rest < 0.01)) return significant(100 * share) + " %";
    return (100 * share).toFixed(Math.min(9, Math.max(0, 1 - Math.floor(Math.log10(100 * rest))))) + " %";
  }

  function decimals(currency) {
    if (!currency) return 2;
    return new Intl.NumberFormat("en", { style: "currency", currency: currency }).resolvedOptions().maximumFractionDigits;
  }

  /* With the decimal places of the currency, and with more where they would show fewer than two digits. */
  function money(sum, currency) {
    var usual = decimals(currency);
    var vanishes = sum > 0 && sum < Math.pow(10, 1 - usual);
    var digits = vanishes ? Math.max(usual, Math.min(9, 2 - Math.floor(Math.log10(sum)))) : sum === 0 ? 0 : usual;
    return sum.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }) + (currency ? " " + currency : "");
  }

  /* As far as the browser knows. */
  function isCurrency(code) {
    if (!/^[A-Z]{3}$/.test(code)) return false;
    return !Intl.supportedValuesOf || Intl.supportedValuesOf("currency").indexOf(code) >= 0;
  }

  return { isCurrency: isCurrency, significant: significant, whole: whole, duration: duration, latency: latency, size: size, rate: rate, percent: percent, money: money };
})();
