-- Compares two sets without sending their elements.
-- KEYS[1] set   KEYS[2] other set   ARGV[1] SUBSET, EQUAL or DISJOINT
-- Returns 1 if the first is that of the second, else 0.
local walked, asked = 1, 2
local size = redis.call('SCARD', KEYS[1])
local other = redis.call('SCARD', KEYS[2])
local settles = 0
if ARGV[1] == 'DISJOINT' then
    settles = 1
    if size > other then
        walked, asked = 2, 1
    end
elseif size > other or (ARGV[1] == 'EQUAL' and size < other) then
    return 0
end
local cursor = '0'
repeat
    local page = redis.call('SSCAN', KEYS[walked], cursor, 'COUNT', 1000)
    local elements = page[2]
    for i = 1, #elements, 1000 do
        local found = redis.call('SMISMEMBER', KEYS[asked], unpack(elements, i, math.min(i + 999, #elements)))
        for j = 1, #found do
            if found[j] == settles then
                return 0
            end
        end
    end
    cursor = page[1]
until cursor == '0'
return 1
