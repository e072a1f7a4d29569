export http_proxy=http://not.read.example.net:1
