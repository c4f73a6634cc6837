-- Reads the union, intersection or difference of sets, unless it may be large.
-- KEYS[1] set   KEYS[2...] other sets   ARGV[1] SUNION, SINTER or SDIFF   ARGV[2] how many elements are not too many
-- Returns {how many elements there are at the most, the elements}, without the latter if they may be too many.
local most = redis.call('SCARD', KEYS[1])
for i = 2, #KEYS do
    local size = redis.call('SCARD', KEYS[i])
    if ARGV[1] == 'SUNION' then
        most = most + size
    elseif ARGV[1] == 'SINTER' then
        most = math.min(most, size)
    end
end
if most > tonumber(ARGV[2]) then
    return {most}
end
return {most, redis.call(ARGV[1], KEYS[1], unpack(KEYS, 2))}
