// How a job takes others along on Redis: by one script, so that a crash leaves it done or not begun.

import type { Cluster, Redis } from "ioredis";
import type { TakeAlong } from "./backend.ts";
import { jobOrdersMax } from "./jobs.ts";

/**
 * Keys: the waiting jobs, whose last is the oldest; the queue's settings; the job in hand; its lock. Arguments:
 * the lock's token; what the key of every job begins with; how many orders a job holds at most.
 *
 * A job that was begun before has a field `ats`. All this relies on how BullMQ keeps its jobs; the tests notice
 * if a new version keeps them otherwise.
 *
 * Only a job that a worker could read is taken: one that it could not would spoil the job in hand, and with it the
 * orders of all that were taken before. Left in its place, it fails alone, where it can be seen.
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
  local held = cjson.decode(redis.call("HGET", jobKey, "data"))
  local room = ordersMax - #held.orders
  if room <= 0 then return false end

  local waiting = redis.call("LRANGE", waitingKey, -room, -1)
  local taken = {}
  for index = #waiting, 1, -1 do
    local key = keyStart .. waiting[index]
    local data, begun = unpack(redis.call("HMGET", key, "data", "ats"))
    if not data or begun then break end
    local job = readOrders(data)
    if not job or job.v ~= held.v then break end
    if #held.orders + #job.orders > ordersMax then break end
    for _, order in ipairs(job.orders) do table.insert(held.orders, order) end
    held.awaited = held.awaited or job.awaited == true
    table.insert(taken, key)
  end
  if #taken == 0 then return false end

  local together = cjson.encode(held)
  redis.call("LTRIM", waitingKey, 0, -1 - #taken)
  redis.call("DEL", unpack(taken))
  redis.call("HSET", jobKey, "data", together)
  return together
`;

/** On Redis. `keyOf` gives the key of a part of the queue, or of a job by its id. */
export function takeAlongOnRedis(
  redis: Redis | Cluster,
  keyOf: (part: string) => string,
): TakeAlong {
  const [waiting, settings, keyStart] = [keyOf("wait"), keyOf("meta"), keyOf("")];
  return async (job, token) => {
    const jobKey = keyOf(job.id ?? "");
    const keys = [waiting, settings, jobKey, `${jobKey}:lock`];
    const together = await redis.eval(script, keys.length, ...keys, token, keyStart, jobOrdersMax);
    if (typeof together !== "string") return job.data;
    const data: unknown = JSON.parse(together);
    return data;
  };
}
