/* What happened to one event, in sentences, one for each step. Lanes are as they stood at the time. */
pushpull.explain = (function () {
  "use strict";
  var ATTEMPT = 1, POLL = 2;

  var items = pushpull.data.items, thing = items ? "item" : "event", happened = items ? "it was first seen" : "the event";

  function time(micros) { return pushpull.latency(micros / 1000); }

  /* The last event that all lanes know and somebody has; else the last one at all. */
  function last(lanes, now) {
    var best = null, any = null;
    lanes[0].events.forEach(function (event, key) {
      if (event.at > now) return;
      any = key;
      if (lanes.every(function (lane) { var same = lane.events.get(key); return same && arrived(same, now).length; })) best = key;
    });
    return best || any;
  }

  function arrived(event, now) {
    return Object.keys(event.received).map(Number).filter(function (consumer) { return event.received[consumer] <= now; });
  }

  function looked(lane, event, consumer, got) {
    var told = [], before = null, brought = null;
    lane.steps.forEach(function (step) {
      if (step.kind !== POLL || step.consumer !== consumer) return;
      if (step.from < event.at && (!before || step.from > before.from)) before = step;
      if (step.from <= got && got <= step.to + 1) brought = step;
    });
    if (before && before !== brought) told.push("it had looked into its mailbox " + time(event.at - before.from) + " before " + happened + ": too early");
    if (brought && brought.from >= event.at) told.push("it looks again " + time(brought.from - event.at) + " after " + happened + ", and finds it");
    else if (brought && items) told.push("a poll that began " + time(event.at - brought.from) + " earlier is the first to show it");
    else if (brought) told.push("its question had been waiting at the provider since " + time(event.at - brought.from) + " before the event, and is answered now");
    return told;
  }

  function rung(lane, key, event, consumer, now) {
    return lane.steps.filter(function (step) {
      return step.kind === ATTEMPT && step.key === key && step.consumer === consumer && step.from <= now;
    }).map(function (step) {
      var answered = step.status && step.status < 400 && step.detail === "";
      if (items) return "the system rings " + (step.from > event.at ? time(step.from - event.at) + " after " + happened : "first") + (step.number > 1 ? ", for the " + step.number + ". time" : "");
      return "the provider rings " + time(Math.max(0, step.from - event.at)) + " after the event" + (step.number > 1 ? ", for the " + step.number + ". time" : "")
        + (answered ? "; the door opens within " + time(step.to - step.from) : step.status ? "; the answer is an error (" + step.status + ")" : "; nobody answers");
    });
  }

  function way(lane, key, now) {
    var event = lane.events.get(key);
    if (!event) return [lane.name + ": this " + thing + " is not known here"];
    var who = arrived(event, now);
    var consumer = who.length ? who[who.length - 1] : Math.max(0, event.consumer), got = event.received[consumer];
    var told = lane.sends ? rung(lane, key, event, consumer, now) : [];
    if (got !== undefined && got <= now) {
      if (lane.holds) told.push("it comes over the open line at once");
      else if (lane.asks && !(told.length && lane.sends)) told = told.concat(looked(lane, event, consumer, got));
    }
    told = told.map(function (sentence) { return lane.name + ": " + sentence + "."; });
    told.push(lane.name + ": " + (got !== undefined && got <= now ? "the " + thing + " is there" + (items && got === event.at ? ": this is the first that is seen of it." : ", " + time(got - event.at) + (items ? " after " + happened + "." : " late.")) : "it has not arrived yet."));
    return told;
  }

  /* @return {key, sentences}; null before the first event */
  return function explain(lanes, now) {
    var key = lanes.length ? last(lanes, now) : null;
    if (!key) return null;
    var event = lanes[0].events.get(key);
    var whom = event.consumer < 0 ? "all consumers" : "consumer " + (event.consumer + 1);
    return {
      key: key,
      sentences: [items ? "The item " + event.stream + " is seen for the first time, " + time(Math.max(0, event.at)) + " after the page began."
        : "An event happens at the provider, " + time(Math.max(0, event.at)) + " after the page began. It is for " + whom + "."].concat(
        lanes.flatMap(function (lane) { return way(lane, key, now); }))
    };
  };
})();
