(function () {
  "use strict";
  var picks = { market: document.getElementById("market"), channel: document.getElementById("channel") };
  var count = document.getElementById("count");
  function apply() {
    var shown = 0;
    document.querySelectorAll("article.asset").forEach(function (card) {
      var fits = ["market", "channel"].every(function (name) {
        return !picks[name].value || card.dataset[name] === picks[name].value;
      });
      card.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    document.querySelectorAll("section.group").forEach(function (group) {
      group.hidden = !group.querySelector("article.asset:not([hidden])");
    });
    document.getElementById("nothing").hidden = shown > 0;
    count.textContent = shown + (shown === 1 ? " text" : " texts");
  }
  document.getElementById("filter").hidden = false;
  var closed = [];
  window.addEventListener("beforeprint", function () {
    closed = Array.prototype.slice.call(document.querySelectorAll("#contents:not([open]), .fold:not([open])"));
    closed.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () {
    closed.forEach(function (part) { part.open = false; });
  });
  document.querySelector(".up").addEventListener("click", function () { document.getElementById("contents").open = true; });
  picks.market.addEventListener("change", apply);
  picks.channel.addEventListener("change", apply);
  apply();
})();
