-- Reads the elements that are in exactly one of two sets, unless they may be too many.
-- KEYS[1] set   KEYS[2] other set   ARGV[1] how many elements are not too many
-- Returns {how many elements there are at the most, the elements}, without the latter if they may be too many.
local most = redis.call('SCARD', KEYS[1]) + redis.call('SCARD', KEYS[2])
if most > tonumber(ARGV[1]) then
    return {most}
end
local elements = redis.call('SDIFF', KEYS[1], KEYS[2])
for _, element in ipairs(redis.call('SDIFF', KEYS[2], KEYS[1])) do
    elements[#elements + 1] = element
end
return {most, elements}
