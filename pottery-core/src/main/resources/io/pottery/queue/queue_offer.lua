-- Puts elements behind all others, as many of them as there is room for.
-- KEYS[1] queue   KEYS[2] mark of those who wait for room
-- ARGV[1] how many elements may wait, or '' for any number   ARGV[2] 'all' to put all of them or none, 'some', or 'wait'
-- if the caller waits for room   ARGV[3] ms that the key may live from now, or ''   ARGV[4...] items
-- Returns how many were put.
local count = #ARGV - 3
if ARGV[1] ~= '' then
    local room = tonumber(ARGV[1]) - waiting(redis.call('XLEN', KEYS[1]))
    if room < count then
        count = ARGV[2] == 'all' and 0 or math.max(room, 0)
        if ARGV[2] == 'wait' then
            redis.call('SET', KEYS[2], '', 'PX', 10000)
        end
    end
end
for i = 4, 3 + count do
    redis.call('XADD', KEYS[1], '*', 'item', ARGV[i])
end
if kind == 'none' and count > 0 then -- while there is memory
    redis.call('XGROUP', 'CREATE', KEYS[1], GROUP, '0')
end
if ARGV[3] ~= '' then
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return {count}
