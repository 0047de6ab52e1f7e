// How a job absorbs waiting jobs on Redis: by one script, so that a crash leaves it done or not begun.

import type { Cluster, Redis } from "ioredis";
import type { AbsorbJobs } from "./backend.ts";
import { jobOrdersMax } from "./jobs/process-order.ts";

/**
 * Keys: the list of waiting jobs, whose last is the oldest; the queue's settings; the running job; its lock.
 * Arguments: the lock's token; the prefix of every job's key; the number of orders that a job holds at most.
 * Returns the running job's new payload as JSON, or false if nothing was absorbed.
 *
 * A job that was started before has a field `ats`. All this relies on how BullMQ stores its jobs; the tests fail if a
 * new version stores them differently.
 *
 * Only a job that a worker can read is absorbed. Another one would make the running job unreadable, and with it the
 * orders of all jobs that it absorbed before. Left in the queue, it fails alone, where an operator sees it.
 */
const script = `
  local uuid = "^" .. ("%x"):rep(8) .. "%-" .. ("%x"):rep(4) .. "%-[1-8]" .. ("%x"):rep(3)
    .. "%-[89abAB]" .. ("%x"):rep(3) .. "%-" .. ("%x"):rep(12) .. "$"

  local function isOrder(entry)
    return type(entry) == "table" and type(entry.order) == "string" and entry.order:match(uuid)
      and type(entry.reference) == "string" and type(entry.lines) == "number"
      and entry.lines > 0 and entry.lines < 1e10 and entry.lines == math.floor(entry.lines)
  end

  -- A list has as many entries as it has keys; nil for anything else.
  local function readOrders(data)
    local isJson, job = pcall(cjson.decode, data)
    if not isJson or type(job) ~= "table" or type(job.orders) ~= "table" then return nil end
    if job.awaited ~= nil and type(job.awaited) ~= "boolean" then return nil end
    local keys = 0
    for _ in pairs(job.orders) do keys = keys + 1 end
    if keys == 0 or keys ~= #job.orders then return nil end
    for _, entry in ipairs(job.orders) do
      if not isOrder(entry) then return nil end
    end
    return job
  end

  local waitingKey, settingsKey, jobKey, lockKey = unpack(KEYS)
  local token, keyStart, ordersMax = ARGV[1], ARGV[2], tonumber(ARGV[3])

  if redis.call("GET", lockKey) ~= token then return false end
  if redis.call("HEXISTS", settingsKey, "paused") == 1 then return false end
  local running = cjson.decode(redis.call("HGET", jobKey, "data"))
  local room = ordersMax - #running.orders
  if room <= 0 then return false end

  local waiting = redis.call("LRANGE", waitingKey, -room, -1)
  local absorbed = {}
  for index = #waiting, 1, -1 do
    local key = keyStart .. waiting[index]
    local data, started = unpack(redis.call("HMGET", key, "data", "ats"))
    if not data or started then break end
    local job = readOrders(data)
    if not job or job.v ~= running.v then break end
    if #running.orders + #job.orders > ordersMax then break end
    for _, order in ipairs(job.orders) do table.insert(running.orders, order) end
    running.awaited = running.awaited or job.awaited == true
    table.insert(absorbed, key)
  end
  if #absorbed == 0 then return false end

  local payload = cjson.encode(running)
  redis.call("LTRIM", waitingKey, 0, -1 - #absorbed)
  redis.call("DEL", unpack(absorbed))
  redis.call("HSET", jobKey, "data", payload)
  return payload
`;

/**
 * Creates the function for a queue on Redis. `keyOf` gives the key of a part of the queue, or of a job by its id. It
 * rejects if Redis does not answer, or has no such job.
 */
export function absorbJobsOnRedis(
  redis: Redis | Cluster,
  keyOf: (part: string) => string,
): AbsorbJobs {
  const [waiting, settings, keyStart] = [keyOf("wait"), keyOf("meta"), keyOf("")];
  return async (job, token) => {
    const jobKey = keyOf(job.id ?? "");
    const keys = [waiting, settings, jobKey, `${jobKey}:lock`];
    const payload = await redis.eval(script, keys.length, ...keys, token, keyStart, jobOrdersMax);
    if (typeof payload !== "string") return job.data;
    const data: unknown = JSON.parse(payload);
    return data;
  };
}
