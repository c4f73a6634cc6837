-- Grants a range of ids, none of which has been granted here before.
-- KEYS[1] the last id that was granted, in decimal
-- ARGV[1] how many   ARGV[2] the first one wanted, 0 for the lowest that can be had   ARGV[3] the highest id there is
-- Returns {1, first} if the range is granted now, {0, last} if ids from the wanted one on were granted before,
-- {-1} if there are not so many left, {-2} if what is stored is no id.
local stored = redis.pcall('GET', KEYS[1])
if type(stored) == 'table' then
    local other = string.find(stored.err, 'WRONGTYPE', 1, true)
    return other and redis.error_reply('WRONGTYPE ' .. redis.call('TYPE', KEYS[1]).ok) or stored
end
if stored and not string.match(stored, '^%d+$') then
    return {-2}
end
local last = tonumber(stored or 0)
local count = tonumber(ARGV[1])
local wanted = tonumber(ARGV[2])
local first = math.max(last + 1, wanted)
if first > tonumber(ARGV[3]) - count + 1 then -- never beyond what a number holds exactly
    return {-1}
end
if wanted ~= 0 and wanted < first then
    return {0, last}
end
redis.call('SET', KEYS[1], string.format('%.0f', first + count - 1))
return {1, first}
