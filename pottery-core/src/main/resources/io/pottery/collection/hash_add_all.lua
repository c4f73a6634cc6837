-- Adds to many counts, to all of them or to none. Lua's numbers are doubles, so HINCRBY alone computes.
-- KEYS[1] hash   ARGV slices: field, number to add, field, number...; no field comes twice
-- Returns 1 if done, 0 if the server cannot compute with one of the counts: it is no integer, or would overflow.
local done = {}
local function undo()
    for i = 1, #done, 2 do
        if done[i + 1] then
            redis.call('HSET', KEYS[1], done[i], done[i + 1])
        else
            redis.call('HDEL', KEYS[1], done[i])
        end
    end
end
for i = 1, #ARGV do
    local slice = cmsgpack.unpack(ARGV[i])
    local fields = {}
    for j = 1, #slice, 2 do
        fields[#fields + 1] = slice[j]
    end
    local before = redis.call('HMGET', KEYS[1], unpack(fields))
    for j, field in ipairs(fields) do
        local reply = redis.pcall('HINCRBY', KEYS[1], field, slice[2 * j])
        if type(reply) == 'table' and reply.err then
            undo()
            if string.find(reply.err, 'is not an integer') or string.find(reply.err, 'would overflow') then
                return 0
            end
            return reply
        end
        done[#done + 1] = field
        done[#done + 1] = before[j]
    end
end
return 1
