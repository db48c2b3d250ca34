-- Sends the request given by the environment, always the same, and prints one line of JSON at the end.
wrk.method = os.getenv("PEERS_METHOD") or "GET"

local body = os.getenv("PEERS_BODY")
if body then
    local file = assert(io.open(body, "rb"))
    wrk.body = file:read("*a")
    file:close()
end

local headers = os.getenv("PEERS_HEADERS")
if headers then
    for line in io.lines(headers) do
        local name, value = line:match("^([^:]+): *(.*)$")
        wrk.headers[name] = value
    end
end

function done(summary, latency)
    local errors = summary.errors
    local seconds = summary.duration / 1e6
    print(string.format(
        '{"requests":%d,"seconds":%.6f,"requests_per_second":%.3f,"p50_ms":%.6f,"p99_ms":%.6f,"errors":%d}',
        summary.requests, seconds, summary.requests / seconds,
        latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
