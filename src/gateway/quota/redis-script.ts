/**
 * Counts one batch in one step. Keys are counters, those of changes first. Arguments: the number of changes; for each change units,
 * moment of expiry, known; for each take limit, need, want, workers, moment of expiry, known. `known` is what this gateway last saw
 * of the counter: it stands in when Redis has lost it. The block is that of `blockOf` in `lease.ts`. The answer holds, for each change,
 * what is spent now, and for each take the units granted and what is spent now.
 */
export const COUNT_SCRIPT = `
local function spent_of(key, known)
  local spent = redis.call('GET', key)
  if spent then return tonumber(spent) end
  return tonumber(known)
end
local function keep(key, spent, expires)
  redis.call('SET', key, string.format('%.0f', spent))
  redis.call('PEXPIREAT', key, expires)
end
local answer = {}
local changes = tonumber(ARGV[1])
local at = 2
for index = 1, changes do
  local spent = math.max(0, spent_of(KEYS[index], ARGV[at + 2]) + tonumber(ARGV[at]))
  keep(KEYS[index], spent, ARGV[at + 1])
  answer[#answer + 1] = spent
  at = at + 3
end
for index = changes + 1, #KEYS do
  local limit, need, want = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local spent = spent_of(KEYS[index], ARGV[at + 5])
  local left = limit - spent
  local units = 0
  if left >= need then
    units = math.max(need, math.min(want, math.floor(left / (2 * tonumber(ARGV[at + 3])))))
  end
  keep(KEYS[index], spent + units, ARGV[at + 4])
  answer[#answer + 1] = units
  answer[#answer + 1] = spent + units
  at = at + 6
end
return answer
`;
