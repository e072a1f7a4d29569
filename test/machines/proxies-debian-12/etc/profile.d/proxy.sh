# Company proxy
if [ -z "$http_proxy" ]; then
  export http_proxy=http://proxy.example.net:3128
  export https_proxy=$http_proxy
fi
